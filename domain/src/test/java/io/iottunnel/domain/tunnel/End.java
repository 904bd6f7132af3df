package io.iottunnel.domain.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * One end of a tunnel as a story sees it: a machine, an engine in small that carries out what it
 * orders, and the far ends of its sockets. What an order brings about is told to the machine when
 * the end is {@link #pump pumped}, in order, as the engine's loop does it.
 */
final class End implements Effect.Cases<Void> {

  private record Outgoing(Message message, Optional<LocalId> local) {}

  /** What is still to be told to the machine, unless it is of a session that is gone by then. */
  private record Answer(Event event, int session) {
    static final int ANY_SESSION = -1;
  }

  final Mode mode;
  final TunnelMachine machine;
  final TunnelSettings settings;
  final SendingRules rules;
  final List<FakeSocket> sockets = new ArrayList<>();
  final List<Effect> told = new ArrayList<>();
  final Set<ServiceId> listeners = new TreeSet<>();
  boolean listenersPaused;
  Optional<Outcome> outcome = Optional.empty();

  /** How many attempts to connect, to an application each, fail from now on. */
  int unreachable;

  /** Whether the network takes what is sent. */
  boolean congested;

  private final FakeService service;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final Deque<Outgoing> outgoing = new ArrayDeque<>();
  private final Map<LocalId, FakeSocket> byId = new HashMap<>();
  private OptionalLong connectAt = OptionalLong.of(0);
  private int session;
  private boolean linked;
  private boolean believesUp;
  private boolean wantsFrame;
  private String opened = "";
  private long lastClient;

  End(TunnelSpec spec, TunnelSettings settings, FakeService service) {
    this.mode = spec.mode();
    this.machine = new TunnelMachine(spec, settings);
    this.settings = settings;
    this.service = service;
    this.rules = new SendingRules(mode);
  }

  // What the story does.

  /** Whether a client would be accepted now. */
  boolean accepts(ServiceId service) {
    return listeners.contains(service) && !listenersPaused && !isOver();
  }

  /** A client connects to the listener of a service. */
  FakeSocket client(ServiceId to) {
    assertTrue(accepts(to), () -> "nobody listens for " + to);
    FakeSocket client = new FakeSocket(new LocalId(++lastClient), to, true);
    add(client);
    tell(new Event.ClientAccepted(client.id, to));
    return client;
  }

  private void add(FakeSocket socket) {
    sockets.add(socket);
    byId.put(socket.id, socket);
  }

  void stop() {
    tell(new Event.StopRequested());
  }

  /** The WebSocket breaks under it. */
  void losesSession() {
    if (linked) {
      tellOfSession(new Event.SessionBroken("the connection was reset"));
      hangUp();
    }
  }

  /** The service closes the WebSocket. */
  void isClosed(int code, String reason) {
    tellOfSession(new Event.SessionClosed(code, reason));
    hangUp();
  }

  // What the world around it asks.

  /** Whether it has a WebSocket, greeted or not. */
  boolean isUp() {
    return linked && believesUp;
  }

  boolean wantsFrame() {
    return wantsFrame;
  }

  boolean isOver() {
    return outcome.isPresent();
  }

  /** Bytes of DATA that wait for the network. */
  long unsent() {
    return outgoing.stream()
        .map(Outgoing::message)
        .filter(Message.Data.class::isInstance)
        .mapToLong(m -> ((Message.Data) m).payload().remaining())
        .sum();
  }

  /** The socket that serves the same connection as this one of the other end. */
  Optional<FakeSocket> partnerOf(FakeSocket other) {
    return sockets.stream()
        .filter(s -> !s.connection.isEmpty() && s.connection.equals(other.connection))
        .reduce((first, last) -> last);
  }

  <E extends Effect> List<E> told(Class<E> kind) {
    return told.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** When it wants to be woken. */
  long nextDeadline() {
    return isOver()
        ? Long.MAX_VALUE
        : Math.min(machine.nextDeadline(), connectAt.orElse(Long.MAX_VALUE));
  }

  void wake() {
    if (isOver()) {
      return;
    }
    if (connectAt.isPresent() && connectAt.getAsLong() <= service.now()) {
      connectAt = OptionalLong.empty();
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
    answers.add(new Answer(event, session));
  }

  /** Tells the machine the oldest thing that it does not know yet; whether there was one. */
  boolean pump() {
    Answer next = answers.poll();
    if (next != null) {
      if (next.session() == Answer.ANY_SESSION || next.session() == session) {
        handle(next.event());
      }
      return true;
    }
    return looksAtSockets();
  }

  /** Readiness that the story has brought about. */
  private boolean looksAtSockets() {
    boolean any = false;
    for (FakeSocket socket : sockets) {
      if (socket.awaitsReadable && socket.isReadable()) {
        socket.awaitsReadable = false;
        tell(new Event.LocalReadable(socket.id));
        any = true;
      }
      any |= takes(socket) || finds(socket);
    }
    return any;
  }

  private boolean takes(FakeSocket socket) {
    if (socket.findsWriteFailed()) {
      tell(new Event.LocalWriteFailed(socket.id, "broken pipe"));
      return true;
    }
    int taken = socket.take();
    if (taken > 0) {
      tell(new Event.LocalDelivered(socket.id, taken));
    }
    return taken > 0;
  }

  /** Whether one whose output is shut down is found to be at its end now. */
  private boolean finds(FakeSocket socket) {
    boolean found = socket.findsEnd();
    if (found) {
      tell(
          socket.isBroken()
              ? new Event.LocalReadFailed(socket.id, "connection reset")
              : new Event.LocalEnded(socket.id));
    }
    return found;
  }

  private void handle(Event event) {
    if (isOver()) {
      return;
    }
    if (event instanceof Event.SessionUp) {
      believesUp = true;
    } else if (event instanceof Event.SessionBroken || event instanceof Event.SessionClosed) {
      believesUp = false;
    } else if (event instanceof Event.LocalWriteFailed failed) {
      socket(failed.local()).forgetsUntaken();
    }
    for (Effect effect : machine.on(event, service.now())) {
      effect.match(this);
    }
    assertEquals(sum(), machine.undelivered(), "undelivered");
    assertTrue(unsent() <= settings.sendQueue(), () -> "queued: " + unsent());
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

  /** Hands the oldest message that waits to the network; whether there was one. */
  boolean send() {
    Outgoing next = congested ? null : outgoing.poll();
    if (next == null) {
      return false;
    }
    next.local()
        .ifPresent(
            local ->
                tellOfSession(
                    new Event.DataSent(
                        local, ((Message.Data) next.message()).payload().remaining())));
    service.takes(this, next.message());
    return true;
  }

  void sendAll() {
    boolean more = true;
    while (more) {
      more = send();
    }
  }

  /** A frame arrives. */
  void receives(List<Message> frame) {
    assertTrue(wantsFrame, "a frame comes unasked");
    wantsFrame = false;
    int of = session;
    for (Message message : frame) {
      if (session == of && !isOver()) {
        rules.received(message);
        handle(new Event.MessageReceived(message));
        destroyPayload(message);
      }
    }
    if (session == of) {
      handle(new Event.FrameRead());
    }
  }

  /** A payload is the machine's until its effects have run: nobody may have kept it. */
  private static void destroyPayload(Message message) {
    if (message instanceof Message.Data data) {
      Arrays.fill(data.payload().array(), (byte) '#');
    }
  }

  /** The service accepts the upgrade. */
  void comesUp(String subprotocol) {
    linked = true;
    rules.sessionBegins(subprotocol.equals(Bench.SUBPROTOCOL_1));
    tellOfSession(new Event.SessionUp(subprotocol));
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

  /** The network forgets what was on its way. */
  private void hangUp() {
    linked = false;
    wantsFrame = false;
    outgoing.clear();
    service.hangsUp(this);
  }

  private FakeSocket socket(LocalId id) {
    FakeSocket socket = byId.get(id);
    assertNotNull(socket, () -> "there is no " + id);
    return socket;
  }

  // Orders.

  @Override
  public Void connect(Effect.Connect effect) {
    assertFalse(believesUp, "connects while it is up");
    session++;
    service.connects(this);
    return null;
  }

  @Override
  public Void reconnect(Effect.Reconnect effect) {
    told.add(effect);
    long delay = effect.atLeast().plus(effect.jitter()).toMillis();
    connectAt = OptionalLong.of(service.now() + delay);
    return null;
  }

  @Override
  public Void receiveFrame(Effect.ReceiveFrame effect) {
    assertTrue(believesUp, "asks for a frame without a session");
    assertFalse(wantsFrame, "asks for a frame twice");
    wantsFrame = linked;
    return null;
  }

  @Override
  public Void sendMessage(Effect.SendMessage effect) {
    goesOut(new Outgoing(effect.message(), Optional.empty()));
    return null;
  }

  @Override
  public Void sendData(Effect.SendData effect) {
    Message.Data m = effect.message();
    ByteBuffer copy = ByteBuffer.allocate(m.payload().remaining()).put(m.payload()).flip();
    Message message = new Message.Data(m.service(), m.stream(), m.connection(), copy);
    goesOut(new Outgoing(message, Optional.of(effect.local())));
    return null;
  }

  private void goesOut(Outgoing message) {
    assertTrue(believesUp, () -> "sent without a session: " + message.message());
    rules.sent(message.message());
    if (linked) {
      outgoing.add(message);
    }
  }

  @Override
  public Void sendPing(Effect.SendPing effect) {
    assertTrue(believesUp, "pings without a session");
    tellOfSession(new Event.PongReceived(effect.number()));
    return null;
  }

  @Override
  public Void closeSession(Effect.CloseSession effect) {
    assertTrue(believesUp, "closes without a session");
    told.add(effect);
    congested = false;
    sendAll(); // A close frame goes out behind all that waits.
    session++;
    believesUp = false;
    hangUp();
    return null;
  }

  @Override
  public Void abandonSession(Effect.AbandonSession effect) {
    assertTrue(believesUp, "abandons without a session");
    told.add(effect);
    session++;
    believesUp = false;
    hangUp();
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
    FakeSocket socket = byId.get(effect.local());
    if (socket == null) {
      socket = new FakeSocket(effect.local(), effect.service(), false);
      socket.connection = opened;
      add(socket);
    }
    assertFalse(socket.connected || socket.isOver(), "opened when it is open or over");
    if (unreachable > 0) {
      unreachable--;
      tell(new Event.LocalConnectFailed(effect.local(), "connection refused"));
    } else {
      socket.connected = true;
      tell(new Event.LocalConnected(effect.local()));
    }
    return null;
  }

  @Override
  public Void awaitReadable(Effect.AwaitReadable effect) {
    FakeSocket socket = socket(effect.local());
    assertFalse(socket.isOver(), "awaited when it is over");
    if (mode == Mode.SOURCE && socket.connection.isEmpty()) {
      socket.connection = opened;
    }
    socket.awaitsReadable = true;
    return null;
  }

  @Override
  public Void readLocal(Effect.ReadLocal effect) {
    FakeSocket socket = socket(effect.local());
    assertFalse(socket.isOver(), "read when it is over");
    if (socket.isBroken()) {
      tell(new Event.LocalReadFailed(socket.id, "connection reset"));
    } else if (socket.isAtEnd()) {
      tell(new Event.LocalEnded(socket.id));
    } else {
      ByteBuffer bytes = socket.read(service.readSize());
      tell(
          bytes.hasRemaining()
              ? new Event.LocalRead(socket.id, bytes, bytes.remaining() == service.readSize())
              : new Event.LocalIdle(socket.id));
    }
    return null;
  }

  @Override
  public Void writeLocal(Effect.WriteLocal effect) {
    socket(effect.local()).write(effect.payload());
    return null;
  }

  @Override
  public Void finishLocal(Effect.FinishLocal effect) {
    socket(effect.local()).shutDownOutput();
    return null;
  }

  @Override
  public Void closeLocal(Effect.CloseLocal effect) {
    socket(effect.local()).end(FakeSocket.Fate.CLOSED);
    return null;
  }

  @Override
  public Void abortLocal(Effect.AbortLocal effect) {
    socket(effect.local()).end(FakeSocket.Fate.ABORTED);
    return null;
  }

  @Override
  public Void opened(Effect.Opened effect) {
    opened = name(effect.service(), effect.stream(), effect.connection());
    told.add(effect);
    return null;
  }

  private static String name(ServiceId service, int stream, int connection) {
    return service + "/" + stream + "#" + connection;
  }

  @Override
  public Void ended(Effect.Ended effect) {
    told.add(effect);
    String connection = name(effect.service(), effect.stream(), effect.connection());
    sockets.stream()
        .filter(s -> s.connection.equals(connection) && s.isOver() && s.endReason.isEmpty())
        .forEach(s -> s.endReason = effect.reason());
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
    sockets.forEach(s -> assertTrue(s.isOver(), () -> s + " is left behind"));
    outcome = Optional.of(effect.outcome());
    return null;
  }
}
