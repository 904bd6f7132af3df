package io.iottunnel.engine;

import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Effect;
import io.iottunnel.domain.tunnel.Event;
import io.iottunnel.domain.tunnel.Message;
import io.iottunnel.domain.tunnel.Outcome;
import io.iottunnel.domain.tunnel.TunnelMachine;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.ports.TunnelTransport;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongUnaryOperator;

/**
 * Runs one {@link TunnelMachine} over the ports: every event enters through the loop, and its
 * effects are carried out there and then, on the same thread.
 */
final class TunnelRunner implements Effect.Cases<Void> {

  private final Tunnel tunnel;
  private final TunnelObserver observer;
  private final Timers timers;
  private final LongUnaryOperator chance;

  private final SerialLoop loop = new SerialLoop(this::bug);
  private final CompletableFuture<Outcome> ended = new CompletableFuture<>();
  private final TunnelMachine machine;
  private final Sessions sessions;
  private final LocalLines lines;
  private final Listeners listeners;
  private final Alarm alarm;
  private Runnable cancelReconnect = () -> {};
  private boolean over;

  /**
   * @param chance gives a random number from 0 up to its argument
   */
  TunnelRunner(
      Tunnel tunnel,
      Way way,
      TunnelTransport transport,
      LocalSockets sockets,
      TunnelObserver observer,
      Timers timers,
      LongUnaryOperator chance) {
    this.tunnel = tunnel;
    this.observer = observer;
    this.timers = timers;
    this.chance = chance;
    this.machine = new TunnelMachine(tunnel.spec(), tunnel.settings());
    ReadBuffers buffers = new ReadBuffers(tunnel.settings().wire().largestPayload());
    this.sessions =
        new Sessions(
            tunnel, way, transport, observer, timers, loop, buffers, this::tell, this::message);
    this.lines = new LocalLines(sockets, loop, observer, buffers, this::tell);
    this.listeners = new Listeners(sockets, loop, observer, lines::accepted, this::tell);
    this.alarm = new Alarm(timers, () -> loop.execute(this::tick));
  }

  /**
   * Completes when the local proxy is over and its session is gone; exceptionally only by a mistake
   * of ours.
   */
  CompletableFuture<Outcome> ended() {
    return ended;
  }

  void start() {
    observer.starting(tunnel.spec().mode());
    tell(new Event.ConnectDue());
  }

  void stop() {
    tell(new Event.StopRequested());
  }

  void reconnect() {
    tell(new Event.ReconnectRequested());
  }

  /** Lets an event in, from any thread. */
  private void tell(Event event) {
    loop.execute(() -> handle(event));
  }

  private void handle(Event event) {
    if (over) {
      return;
    }
    for (Effect effect : machine.on(event, timers.millis())) {
      effect.match(this);
    }
    if (!over) {
      alarm.follow(machine.nextDeadline());
    }
  }

  private void message(Message message) {
    observer.received(message);
    handle(new Event.MessageReceived(message));
  }

  private void tick() {
    alarm.rang();
    handle(new Event.Tick());
  }

  private void bug(Throwable mistake) {
    leaveAll();
    ended.completeExceptionally(mistake);
  }

  private void leaveAll() {
    over = true;
    alarm.cancel();
    listeners.closeAll();
    lines.abortAll();
    sessions.abort();
  }

  // The session.

  @Override
  public Void connect(Effect.Connect effect) {
    sessions.open();
    return null;
  }

  @Override
  public Void reconnect(Effect.Reconnect effect) {
    long delay = effect.atLeast().toMillis() + chance.applyAsLong(effect.jitter().toMillis());
    observer.reconnecting(effect.reason(), Duration.ofMillis(delay));
    cancelReconnect.run();
    cancelReconnect = timers.after(delay, () -> tell(new Event.ConnectDue()));
    return null;
  }

  @Override
  public Void receiveFrame(Effect.ReceiveFrame effect) {
    sessions.receive();
    return null;
  }

  @Override
  public Void sendMessage(Effect.SendMessage effect) {
    sessions.send(effect.message());
    return null;
  }

  @Override
  public Void sendData(Effect.SendData effect) {
    int size = effect.message().payload().remaining();
    sessions.send(effect.message(), () -> handle(new Event.DataSent(effect.local(), size)));
    return null;
  }

  @Override
  public Void sendPing(Effect.SendPing effect) {
    sessions.ping(effect.number());
    return null;
  }

  @Override
  public Void closeSession(Effect.CloseSession effect) {
    sessions.close(effect.code(), effect.reason());
    return null;
  }

  @Override
  public Void abandonSession(Effect.AbandonSession effect) {
    sessions.abort();
    return null;
  }

  // Local sides.

  @Override
  public Void listen(Effect.Listen effect) {
    listeners.listen(effect.service(), effect.endpoint());
    return null;
  }

  @Override
  public Void stopListening(Effect.StopListening effect) {
    listeners.close(effect.service());
    return null;
  }

  @Override
  public Void pauseListeners(Effect.PauseListeners effect) {
    listeners.pause();
    return null;
  }

  @Override
  public Void resumeListeners(Effect.ResumeListeners effect) {
    listeners.resume();
    return null;
  }

  @Override
  public Void openLocal(Effect.OpenLocal effect) {
    lines.connect(effect.local(), effect.service(), effect.endpoint());
    return null;
  }

  @Override
  public Void awaitReadable(Effect.AwaitReadable effect) {
    lines.line(effect.local()).ifPresent(LocalLine::awaitReadable);
    return null;
  }

  @Override
  public Void readLocal(Effect.ReadLocal effect) {
    lines.line(effect.local()).ifPresent(LocalLine::read);
    return null;
  }

  @Override
  public Void writeLocal(Effect.WriteLocal effect) {
    lines.line(effect.local()).ifPresent(line -> line.write(effect.payload()));
    return null;
  }

  @Override
  public Void finishLocal(Effect.FinishLocal effect) {
    lines.line(effect.local()).ifPresent(LocalLine::finish);
    return null;
  }

  @Override
  public Void closeLocal(Effect.CloseLocal effect) {
    lines.close(effect.local());
    return null;
  }

  @Override
  public Void abortLocal(Effect.AbortLocal effect) {
    lines.abort(effect.local());
    return null;
  }

  // What observers are told.

  @Override
  public Void mapped(Effect.Mapped effect) {
    Map<ServiceId, String> mapping = new TreeMap<>();
    effect
        .mapping()
        .forEach(
            (service, endpoint) ->
                mapping.put(service, listeners.inUse(service, endpoint).toString()));
    observer.mapped(mapping);
    return null;
  }

  @Override
  public Void opened(Effect.Opened effect) {
    observer.connectionOpened(effect.service(), effect.stream(), effect.connection());
    return null;
  }

  @Override
  public Void ended(Effect.Ended effect) {
    observer.connectionEnded(
        effect.service(), effect.stream(), effect.connection(), effect.reason());
    return null;
  }

  @Override
  public Void refused(Effect.Refused effect) {
    observer.clientRefused(effect.service(), effect.reason());
    return null;
  }

  @Override
  public Void unreachable(Effect.Unreachable effect) {
    observer.applicationUnreachable(effect.service(), effect.reason(), effect.again());
    return null;
  }

  @Override
  public Void ignored(Effect.Ignored effect) {
    observer.ignored(effect.what());
    return null;
  }

  @Override
  public Void warned(Effect.Warned effect) {
    observer.warned(effect.what());
    return null;
  }

  @Override
  public Void end(Effect.End effect) {
    leaveAll();
    sessions.whenGone(
        () ->
            loop.execute(
                () -> {
                  observer.ended(effect.outcome());
                  ended.complete(effect.outcome());
                }));
    return null;
  }
}
