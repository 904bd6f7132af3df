package io.iottunnel.domain.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One end of a tunnel as a story sees it: a machine, an engine in small that carries out what it
 * orders, and the far ends of its sockets. What an order brings about is told to the machine when
 * the end is {@link #pump pumped}, in order, as the engine's loop does it.
 */
final class End implements Effect.Cases<Void> {

  /** What is still to be told to the machine, unless it is of a session that is gone by then. */
  private record Answer(Event event, int session) {
    static final int ANY_SESSION = -1;
  }

  final Mode mode;
  final TunnelMachine machine;
  final EndSockets local;
  final EndLink link;
  final List<FakeSocket> sockets;
  final Set<ServiceId> listeners = new TreeSet<>();
  boolean listenersPaused;
  Optional<Outcome> outcome = Optional.empty();

  private final TunnelSettings settings;
  private final FakeService service;
  private final List<Effect> told = new ArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();

  End(TunnelSpec spec, TunnelSettings settings, FakeService service) {
    this.mode = spec.mode();
    this.machine = new TunnelMachine(spec, settings);
    this.settings = settings;
    this.service = service;
    this.local = new EndSockets(mode, service, this::tell);
    this.link = new EndLink(this, service, this::tellOfSession);
    this.sockets = local.all;
  }

  // What the story does.

  /** Whether a client would be accepted now. */
  boolean accepts(ServiceId service) {
    return listeners.contains(service) && !listenersPaused && !isOver();
  }

  /** A client connects to the listener of a service. */
  FakeSocket client(ServiceId to) {
    assertTrue(accepts(to), () -> "nobody listens for " + to);
    return local.client(to);
  }

  void stop() {
    tell(new Event.StopRequested());
  }

  void isRefused(LocalProxyException reason) {
    tellOfSession(new Event.ConnectFailed(reason));
  }

  static HandshakeRejectedException status(
      int status, LocalProxyException.Retry retry, boolean tunnelClosed) {
    return new HandshakeRejectedException(
        "the service answered " + status,
        retry,
        status,
        Optional.empty(),
        tunnelClosed,
        Optional.empty());
  }

  // What the world around it asks.

  boolean isOver() {
    return outcome.isPresent();
  }

  <E extends Effect> List<E> told(Class<E> kind) {
    return told.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** When it wants to be woken. */
  long nextDeadline() {
    return isOver() ? Long.MAX_VALUE : Math.min(machine.nextDeadline(), link.connectsAt());
  }

  void wake() {
    if (isOver()) {
      return;
    }
    if (link.connectIsDue()) {
      tell(new Event.ConnectDue());
    }
    if (machine.nextDeadline() <= service.now()) {
      tell(new Event.Tick());
    }
  }

  // The engine in small.

  private void tell(Event event) {
    answers.add(new Answer(event, Answer.ANY_SESSION));
  }

  private void tellOfSession(Event event) {
    answers.add(new Answer(event, link.session()));
  }

  /** Tells the machine the oldest thing that it does not know yet; whether there was one. */
  boolean pump() {
    Answer next = answers.poll();
    if (next == null) {
      return local.lookAround();
    }
    if (next.session() == Answer.ANY_SESSION || next.session() == link.session()) {
      handle(next.event());
    }
    return true;
  }

  /** A frame arrives. */
  void receives(List<Message> frame) {
    link.receives(frame, this::handle);
  }

  private void handle(Event event) {
    if (isOver()) {
      return;
    }
    link.learns(event);
    if (event instanceof Event.LocalWriteFailed failed) {
      local.get(failed.local()).forgetsUntaken();
    }
    for (Effect effect : machine.on(event, service.now())) {
      effect.match(this);
    }
    assertEquals(sum(), machine.undelivered(), "undelivered");
    assertTrue(link.unsent() <= settings.sendQueue(), () -> "queued: " + link.unsent());
  }

  private long sum() {
    return sockets.stream().filter(s -> !s.isOver()).mapToLong(s -> s.untaken() + untold(s)).sum();
  }

  private long untold(FakeSocket socket) {
    return answers.stream()
        .map(Answer::event)
        .filter(e -> e instanceof Event.LocalDelivered d && d.local().equals(socket.id))
        .mapToLong(e -> ((Event.LocalDelivered) e).bytes())
        .sum();
  }

  // Orders.

  @Override
  public Void connect(Effect.Connect effect) {
    link.connect();
    return null;
  }

  @Override
  public Void reconnect(Effect.Reconnect effect) {
    told.add(effect);
    link.reconnect(effect);
    return null;
  }

  @Override
  public Void receiveFrame(Effect.ReceiveFrame effect) {
    link.receiveFrame();
    return null;
  }

  @Override
  public Void sendMessage(Effect.SendMessage effect) {
    link.sendMessage(effect.message());
    return null;
  }

  @Override
  public Void sendData(Effect.SendData effect) {
    link.sendData(effect.local(), effect.message());
    return null;
  }

  @Override
  public Void sendPing(Effect.SendPing effect) {
    link.ping(effect.number());
    return null;
  }

  @Override
  public Void closeSession(Effect.CloseSession effect) {
    told.add(effect);
    link.close();
    return null;
  }

  @Override
  public Void abandonSession(Effect.AbandonSession effect) {
    told.add(effect);
    link.abandon();
    return null;
  }

  @Override
  public Void listen(Effect.Listen effect) {
    assertTrue(listeners.add(effect.service()), "listens twice");
    return null;
  }

  @Override
  public Void stopListening(Effect.StopListening effect) {
    assertTrue(listeners.remove(effect.service()), "was not listening");
    return null;
  }

  @Override
  public Void pauseListeners(Effect.PauseListeners effect) {
    listenersPaused = true;
    return null;
  }

  @Override
  public Void resumeListeners(Effect.ResumeListeners effect) {
    listenersPaused = false;
    return null;
  }

  @Override
  public Void openLocal(Effect.OpenLocal effect) {
    local.open(effect);
    return null;
  }

  @Override
  public Void awaitReadable(Effect.AwaitReadable effect) {
    local.awaitReadable(effect.local());
    return null;
  }

  @Override
  public Void readLocal(Effect.ReadLocal effect) {
    local.read(effect.local());
    return null;
  }

  @Override
  public Void writeLocal(Effect.WriteLocal effect) {
    local.get(effect.local()).write(effect.payload());
    return null;
  }

  @Override
  public Void finishLocal(Effect.FinishLocal effect) {
    local.get(effect.local()).shutDownOutput();
    return null;
  }

  @Override
  public Void closeLocal(Effect.CloseLocal effect) {
    local.get(effect.local()).end(FakeSocket.Fate.CLOSED);
    return null;
  }

  @Override
  public Void abortLocal(Effect.AbortLocal effect) {
    local.get(effect.local()).end(FakeSocket.Fate.ABORTED);
    return null;
  }

  // What observers are told.

  @Override
  public Void opened(Effect.Opened effect) {
    local.opened(effect);
    told.add(effect);
    return null;
  }

  @Override
  public Void ended(Effect.Ended effect) {
    local.ended(effect);
    told.add(effect);
    return null;
  }

  @Override
  public Void refused(Effect.Refused effect) {
    told.add(effect);
    return null;
  }

  @Override
  public Void unreachable(Effect.Unreachable effect) {
    told.add(effect);
    return null;
  }

  @Override
  public Void ignored(Effect.Ignored effect) {
    told.add(effect);
    return null;
  }

  @Override
  public Void warned(Effect.Warned effect) {
    told.add(effect);
    return null;
  }

  @Override
  public Void mapped(Effect.Mapped effect) {
    told.add(effect);
    return null;
  }

  @Override
  public Void end(Effect.End effect) {
    assertTrue(outcome.isEmpty(), "ends twice");
    local.assertAllAreOver();
    outcome = Optional.of(effect.outcome());
    return null;
  }
}
