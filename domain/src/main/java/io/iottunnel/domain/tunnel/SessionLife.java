package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.ServicesMismatchException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The session with the service: connecting, its greeting by SERVICE_IDS, pings, its end, and the
 * next one; at last the end of it all.
 */
final class SessionLife {

  private enum Phase {
    /** No session, and none is being opened. */
    WAITING,
    /** A session is being opened. */
    CONNECTING,
    /** The WebSocket is up; SERVICE_IDS has not come. */
    GREETING,
    /** Streams may flow. */
    OPEN
  }

  private static final int NORMAL_CLOSURE = 1000;
  private static final int PROTOCOL_ERROR = 1002;

  private final TunnelSpec spec;
  private final Deadlines deadlines;
  private final Streams streams;
  private final Connections connections;
  private final Consumer<Effect> out;
  private final Aftermath aftermath;
  private final LinkWatch link;
  private final Listening listening;
  private final Greeting greeting;
  private final MessageRouter router;
  private final SoleClient soleClient;
  private final Ending ending;

  private Phase phase = Phase.WAITING;
  private boolean frameWithheld;

  SessionLife(
      TunnelSpec spec,
      TunnelSettings settings,
      Deadlines deadlines,
      Streams streams,
      Consumer<Effect> out) {
    this.spec = spec;
    this.deadlines = deadlines;
    this.streams = streams;
    this.connections = streams.connections();
    this.out = out;
    this.aftermath = new Aftermath(settings);
    this.link = new LinkWatch(settings.pingPeriod(), deadlines, out);
    this.listening = new Listening(settings, deadlines, out);
    this.greeting =
        new Greeting(spec, settings.serviceIdsLimit(), deadlines, streams, listening, out);
    this.router = new MessageRouter(this, streams, out);
    this.soleClient = new SoleClient(spec);
    this.ending = new Ending(settings.stopLimit(), deadlines, connections, listening, out);
  }

  /** Whether SERVICE_IDS has come in this session. */
  boolean isGreeted() {
    return phase == Phase.OPEN;
  }

  /** Whether local connections only take their last bytes before the end. */
  boolean isEnding() {
    return ending.hasBegun();
  }

  private boolean isUp() {
    return phase == Phase.GREETING || phase == Phase.OPEN;
  }

  // Coming up.

  void connect() {
    if (phase == Phase.WAITING && !isEnding()) {
      phase = Phase.CONNECTING;
      out.accept(new Effect.Connect());
    }
  }

  void up(String subprotocol) {
    if (phase != Phase.CONNECTING) {
      return;
    }
    phase = Phase.GREETING;
    if (isEnding()) {
      close("it is over");
      return;
    }
    frameWithheld = true;
    aftermath.sessionUp(deadlines.now());
    link.up();
    streams.clients().speak(spec.dialectUnder(subprotocol));
    if (subprotocol.endsWith("-1.0")) {
      greeted(List.of());
    } else {
      greeting.await();
    }
  }

  /** The service tells the tunnel's services: its greeting, or a repeat. */
  void told(List<ServiceId> services) {
    if (phase == Phase.GREETING) {
      greeted(services);
    } else if (greeting.isOther(services)) {
      restart(NORMAL_CLOSURE, "the tunnel's services changed: " + services);
    }
  }

  private void greeted(List<ServiceId> services) {
    try {
      greeting.came(services);
      phase = Phase.OPEN;
    } catch (ServicesMismatchException mismatch) {
      fail(mismatch);
    }
  }

  // While it is up.

  void received(Message message) {
    if (isUp()) {
      link.alive();
      message.match(router);
    }
  }

  void clientAccepted(LocalId local, ServiceId service) {
    if (!soleClient.admit()) {
      streams.clients().refuse(local, service, "it is for one client alone");
    } else if (phase == Phase.OPEN && !isEnding()) {
      streams.clients().accepted(local, service);
    } else {
      String reason = "there is no session with the service";
      streams.clients().refuse(local, service, reason);
      soleClient.afterLoss(reason).ifPresent(ending::begin);
    }
  }

  void listenFailed(ServiceId service, LocalProxyException reason) {
    if (!listening.failed(service, reason.getMessage())) {
      fail(reason);
    }
  }

  void frameRead() {
    frameWithheld = isUp();
    link.alive();
  }

  void pong(long number) {
    link.pong(number).ifPresent(connections::roundTrip);
  }

  void alive() {
    link.alive();
  }

  /** After every event: asks for the next frame as soon as there is room, and ends when it may. */
  void settle() {
    if (frameWithheld && !connections.delivering().blocks()) {
      frameWithheld = false;
      link.alive();
      out.accept(new Effect.ReceiveFrame());
    }
    if (soleClient.decides() && connections.isEmpty()) {
      ending.begin(new Outcome.ConnectionOver());
    }
    if (ending.isDue()) {
      if (isUp()) {
        close("it is over");
      }
      ending.finish();
    }
  }

  void due(Deadlines.Kind kind) {
    switch (kind) {
      case SERVICE_IDS -> serviceIdsOverdue();
      case PING -> link.due(!frameWithheld).ifPresent(this::abandon);
      case STOP -> connections.cutOffAll();
      case LISTEN_AGAIN -> listening.again();
      case CONNECT_AGAIN, LINGER, PROGRESS ->
          throw new IllegalStateException("not the session's: " + kind);
    }
  }

  private void serviceIdsOverdue() {
    if (frameWithheld) {
      greeting.await();
    } else {
      restart(NORMAL_CLOSURE, greeting.overdue());
    }
  }

  private void abandon(String reason) {
    out.accept(new Effect.AbandonSession(reason));
    lost(reason);
  }

  // Its end, and the next one.

  /** The service sent what it must not, or what is no message. */
  void protocolBroken(String what) {
    if (isUp()) {
      restart(PROTOCOL_ERROR, what);
    }
  }

  private void restart(int code, String reason) {
    out.accept(new Effect.CloseSession(code, ""));
    lost(reason);
  }

  void closed(int code, String words) {
    if (isUp()) {
      String reason =
          "the service closed the WebSocket: " + code + (words.isEmpty() ? "" : " " + words);
      leave(reason);
      follow(aftermath.ofClosedSession(code, words, deadlines.now()), reason, Duration.ZERO);
    }
  }

  void lost(String reason) {
    if (isUp()) {
      leave(reason);
      follow(aftermath.ofLostSession(reason, deadlines.now()), reason, Duration.ZERO);
    }
  }

  void connectFailed(LocalProxyException failure) {
    if (phase == Phase.CONNECTING) {
      phase = Phase.WAITING;
      follow(
          aftermath.ofFailedAttempt(failure),
          failure.getMessage(),
          Aftermath.leastDelayAfter(failure));
    }
  }

  /** The user wants a new session, whatever the state of this one. */
  void reconnect() {
    if (isEnding()) {
      return;
    }
    if (soleClient.decides()) {
      out.accept(new Effect.Warned("not reconnected: that would end the one connection there is"));
      return;
    }
    String reason = "asked to reconnect";
    switch (phase) {
      case WAITING -> {}
      case CONNECTING -> {
        out.accept(new Effect.AbandonSession(reason));
        phase = Phase.WAITING;
      }
      case GREETING, OPEN -> close(reason);
    }
    out.accept(new Effect.Reconnect(reason, Duration.ZERO, Duration.ZERO));
  }

  private void follow(Optional<Outcome> outcome, String reason, Duration atLeast) {
    if (!isEnding()) {
      outcome
          .or(() -> soleClient.afterLoss(reason))
          .ifPresentOrElse(
              ending::begin,
              () -> out.accept(new Effect.Reconnect(reason, atLeast, aftermath.delayBound())));
    }
  }

  /** Everything that hung on the session ends; listeners stay, and their clients wait. */
  private void leave(String reason) {
    phase = Phase.WAITING;
    frameWithheld = false;
    greeting.giveUp();
    link.down();
    connections.reading().sessionLost();
    listening.pause();
    streams.sessionLost(reason);
  }

  // The end.

  /** The user wants it to end: the peer is told, and the session goes when all is delivered. */
  void stop() {
    if (!isEnding()) {
      ending.begin(new Outcome.Stopped());
      connections.endAllByUs("the local proxy stops");
    }
  }

  /** It cannot go on. */
  void fail(LocalProxyException reason) {
    if (isUp()) {
      close(reason.getMessage());
    }
    ending.begin(new Outcome.Failed(reason));
  }

  private void close(String reason) {
    out.accept(new Effect.CloseSession(NORMAL_CLOSURE, ""));
    leave(reason);
  }
}
