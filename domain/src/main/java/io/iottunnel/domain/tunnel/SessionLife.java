package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.RetriesUsedUpException;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.ServicesMismatchException;
import io.iottunnel.domain.TokenRevokedException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The session with the service: connecting, its greeting by SERVICE_IDS, pings, its end, and the
 * next one.
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
    OPEN,
    /** Local connections take their last bytes before the close. */
    STOPPING,
    /** The session is gone for good; local connections take their last bytes. */
    DELIVERING,
    /** Over. */
    ENDED
  }

  private static final int NORMAL_CLOSURE = 1000;
  private static final int PROTOCOL_ERROR = 1002;
  private static final int SERVICE_RESTART = 1012;

  private final TunnelSpec spec;
  private final TunnelSettings settings;
  private final Deadlines deadlines;
  private final Streams streams;
  private final Consumer<Effect> out;
  private final RetrySchedule retries;
  private final LinkWatch link;
  private final MessageRouter router = new MessageRouter();

  private Phase phase = Phase.WAITING;
  private Optional<Outcome> outcome = Optional.empty();
  private boolean hadSession;
  private long upAt;
  private boolean frameWithheld;
  private List<ServiceId> announced = List.of();
  private Map<ServiceId, Endpoint> mapping = Map.of();
  private long now;

  SessionLife(
      TunnelSpec spec,
      TunnelSettings settings,
      Deadlines deadlines,
      Streams streams,
      Consumer<Effect> out) {
    this.spec = spec;
    this.settings = settings;
    this.deadlines = deadlines;
    this.streams = streams;
    this.out = out;
    this.retries = new RetrySchedule(settings);
    this.link = new LinkWatch(settings.pingPeriod());
  }

  /** Sets the time of the event that is being handled. */
  void at(long now) {
    this.now = now;
  }

  // Coming up.

  void connect() {
    if (phase == Phase.WAITING) {
      phase = Phase.CONNECTING;
      out.accept(new Effect.Connect());
    }
  }

  void up(String subprotocol) {
    if (phase != Phase.CONNECTING) {
      return;
    }
    phase = Phase.GREETING;
    hadSession = true;
    upAt = now;
    frameWithheld = false;
    link.up(now);
    streams.speak(dialectFor(subprotocol));
    deadlines.set(Deadlines.Kind.PING, now + settings.pingPeriod().toMillis());
    if (subprotocol.endsWith("-1.0")) {
      greeted(List.of());
    } else {
      deadlines.set(Deadlines.Kind.SERVICE_IDS, now + settings.serviceIdsLimit().toMillis());
    }
    if (isUp()) {
      out.accept(new Effect.ReceiveFrame());
    }
  }

  /**
   * A source speaks its own dialect, or an older one where the service chose an older subprotocol.
   */
  private Dialect dialectFor(String subprotocol) {
    Dialect newest =
        subprotocol.endsWith("-1.0")
            ? Dialect.V1
            : subprotocol.endsWith("-2.0") ? Dialect.V2 : Dialect.V3;
    return newest.compareTo(spec.dialect()) < 0 ? newest : spec.dialect();
  }

  private void greeted(List<ServiceId> services) {
    deadlines.clear(Deadlines.Kind.SERVICE_IDS);
    Map<ServiceId, Endpoint> fitting;
    try {
      fitting = ServiceMatching.match(spec, services);
    } catch (ServicesMismatchException mismatch) {
      fail(mismatch);
      return;
    }
    phase = Phase.OPEN;
    announced = services;
    streams.serve(fitting);
    out.accept(new Effect.Mapped(fitting));
    if (spec.mode() == Mode.SOURCE) {
      listen(fitting);
    }
    mapping = fitting;
  }

  private void listen(Map<ServiceId, Endpoint> fitting) {
    Set<ServiceId> gone = new HashSet<>(mapping.keySet());
    gone.removeAll(fitting.keySet());
    gone.forEach(service -> out.accept(new Effect.StopListening(service)));
    fitting.forEach(
        (service, endpoint) -> {
          if (!mapping.containsKey(service)) {
            out.accept(new Effect.Listen(service, endpoint));
          }
        });
    if (!mapping.isEmpty()) {
      out.accept(new Effect.ResumeListeners());
    }
  }

  // While it is up.

  void received(Message message) {
    link.alive(now);
    if (phase == Phase.GREETING || phase == Phase.OPEN || phase == Phase.STOPPING) {
      message.match(router);
    }
  }

  void clientAccepted(LocalId local, ServiceId service) {
    if (phase == Phase.OPEN) {
      streams.clientAccepted(local, service);
    } else {
      out.accept(new Effect.AbortLocal(local));
      out.accept(new Effect.Refused(service, "there is no session with the service"));
    }
  }

  void frameRead() {
    frameWithheld = true;
    link.alive(now);
  }

  void pong(long number) {
    link.pong(number, now).ifPresent(streams.connections()::roundTrip);
  }

  void alive() {
    link.alive(now);
  }

  /**
   * After every event: asks for the next frame as soon as there is room, and ends when stopping is
   * done.
   */
  void settle() {
    if (streams.connections().isEmpty()) {
      if (phase == Phase.STOPPING) {
        closeAndEnd();
      } else if (phase == Phase.DELIVERING) {
        endNow();
      }
    }
    if (frameWithheld && isUp() && !streams.connections().backlog().blocks()) {
      frameWithheld = false;
      link.alive(now);
      out.accept(new Effect.ReceiveFrame());
    }
  }

  void due(Deadlines.Kind kind) {
    switch (kind) {
      case SERVICE_IDS ->
          restart(
              NORMAL_CLOSURE,
              "the service did not send its SERVICE_IDS within "
                  + settings.serviceIdsLimit().toSeconds()
                  + " s");
      case PING -> ping();
      case STOP -> stopLimitReached();
      case CONNECT_AGAIN, LINGER, PROGRESS ->
          throw new IllegalStateException("not the session's: " + kind);
    }
  }

  private void ping() {
    if (!isUp()) {
      return;
    }
    boolean reading = !frameWithheld;
    if (link.isDead(now, reading)) {
      String reason =
          "the service has sent nothing, not even a pong, for " + link.silence(now) + " ms";
      out.accept(new Effect.AbandonSession(reason));
      lost(reason);
      return;
    }
    out.accept(new Effect.SendPing(link.ping(now)));
    deadlines.set(Deadlines.Kind.PING, now + settings.pingPeriod().toMillis());
  }

  private boolean isUp() {
    return phase == Phase.GREETING || phase == Phase.OPEN || phase == Phase.STOPPING;
  }

  // Its end, and the next one.

  void nonsense(String detail) {
    if (isUp()) {
      restart(PROTOCOL_ERROR, "the service sent what is no message: " + detail);
    }
  }

  private void restart(int code, String reason) {
    out.accept(new Effect.CloseSession(code, reason));
    lost(reason);
  }

  void closed(int code, String reason) {
    if (!isUp()) {
      return;
    }
    if (code == NORMAL_CLOSURE) {
      leaveSession("the tunnel is closed");
      end(new Outcome.TunnelClosed(reason));
    } else if (code == SERVICE_RESTART && reason.contains("Token is revoked")) {
      fail(
          new TokenRevokedException(
              "The service closed the session (1012 Token is revoked): the access token was rotated. Start again with"
                  + " the new one."));
    } else {
      lost("the service closed the WebSocket: " + code + (reason.isEmpty() ? "" : " " + reason));
    }
  }

  void lost(String reason) {
    if (!isUp()) {
      return;
    }
    boolean stopping = phase == Phase.STOPPING;
    if (now - upAt >= settings.steadyAfter().toMillis()) {
      retries.steady();
    }
    leaveSession(reason);
    if (stopping) {
      end(new Outcome.Stopped());
      return;
    }
    retries.failed();
    again(reason, Duration.ZERO);
  }

  void connectFailed(LocalProxyException reason) {
    if (phase != Phase.CONNECTING) {
      return;
    }
    retries.failed();
    if (hadSession
        && reason instanceof HandshakeRejectedException rejected
        && rejected.tunnelClosed()) {
      end(new Outcome.TunnelClosed(reason.getMessage()));
    } else if (reason.retry() == LocalProxyException.Retry.NEVER
        || (reason.retry() == LocalProxyException.Retry.AFTER_A_SESSION && !hadSession)) {
      fail(reason);
    } else {
      again(reason.getMessage(), reason.retryAfter().orElse(Duration.ZERO));
    }
  }

  private void again(String reason, Duration atLeast) {
    if (retries.usedUp()) {
      String message =
          "Gave up after "
              + retries.failures()
              + " failed attempts to keep a session (websocket.connect_retry_count). The last reason: "
              + reason;
      fail(new RetriesUsedUpException(message));
      return;
    }
    phase = Phase.WAITING;
    out.accept(new Effect.Reconnect(reason, atLeast, retries.bound()));
  }

  /** Everything that hung on the session ends; listeners stay, and their clients wait. */
  private void leaveSession(String reason) {
    phase = Phase.WAITING;
    frameWithheld = false;
    deadlines.clear(Deadlines.Kind.SERVICE_IDS);
    deadlines.clear(Deadlines.Kind.PING);
    streams.connections().sessionLost();
    if (!mapping.isEmpty() && spec.mode() == Mode.SOURCE) {
      out.accept(new Effect.PauseListeners());
    }
    streams.endAll(reason);
  }

  // The end.

  void stop() {
    switch (phase) {
      case OPEN -> {
        phase = Phase.STOPPING;
        if (spec.mode() == Mode.SOURCE) {
          out.accept(new Effect.PauseListeners());
        }
        deadlines.set(Deadlines.Kind.STOP, now + settings.stopLimit().toMillis());
        streams.connections().endAllByUs("the local proxy stops");
      }
      case GREETING -> closeAndEnd();
      case WAITING, CONNECTING -> end(new Outcome.Stopped());
      case STOPPING, DELIVERING, ENDED -> {
        // Already on its way.
      }
    }
  }

  private void stopLimitReached() {
    if (phase == Phase.STOPPING) {
      closeAndEnd();
    } else {
      endNow();
    }
  }

  private void closeAndEnd() {
    out.accept(new Effect.CloseSession(NORMAL_CLOSURE, ""));
    outcome = Optional.of(new Outcome.Stopped());
    endNow();
  }

  void fail(LocalProxyException reason) {
    if (isUp()) {
      out.accept(new Effect.CloseSession(NORMAL_CLOSURE, ""));
      leaveSession(reason.getMessage());
    }
    end(new Outcome.Failed(reason));
  }

  /** Ends as soon as local connections have taken what the service had sent. */
  private void end(Outcome how) {
    if (phase == Phase.DELIVERING || phase == Phase.ENDED) {
      return;
    }
    phase = Phase.DELIVERING;
    outcome = Optional.of(how);
    deadlines.set(Deadlines.Kind.STOP, now + settings.stopLimit().toMillis());
  }

  private void endNow() {
    phase = Phase.ENDED;
    deadlines.clear(Deadlines.Kind.STOP);
    deadlines.clear(Deadlines.Kind.PING);
    deadlines.clear(Deadlines.Kind.SERVICE_IDS);
    outcome.ifPresent(how -> out.accept(new Effect.End(how)));
  }

  /** Where each message goes. Before SERVICE_IDS nothing but SERVICE_IDS goes anywhere. */
  private final class MessageRouter implements Message.Cases<Void> {

    @Override
    public Void serviceIds(Message.ServiceIds message) {
      if (phase == Phase.GREETING) {
        greeted(message.services());
      } else if (!new HashSet<>(message.services()).equals(new HashSet<>(announced))) {
        restart(NORMAL_CLOSURE, "the tunnel's services changed: " + message.services());
      }
      return null;
    }

    @Override
    public Void data(Message.Data message) {
      if (greetedFor("DATA")) {
        streams.data(message);
      }
      return null;
    }

    @Override
    public Void streamStart(Message.StreamStart message) {
      if (mayStart("STREAM_START") && !streams.streamStart(message)) {
        restart(PROTOCOL_ERROR, "the service sent a source STREAM_START");
      }
      return null;
    }

    @Override
    public Void connectionStart(Message.ConnectionStart message) {
      if (mayStart("CONNECTION_START") && !streams.connectionStart(message)) {
        restart(PROTOCOL_ERROR, "the service sent a source CONNECTION_START");
      }
      return null;
    }

    @Override
    public Void streamReset(Message.StreamReset message) {
      if (greetedFor("STREAM_RESET")) {
        streams.streamReset(message);
      }
      return null;
    }

    @Override
    public Void connectionReset(Message.ConnectionReset message) {
      if (greetedFor("CONNECTION_RESET")) {
        streams.connectionReset(message);
      }
      return null;
    }

    @Override
    public Void sessionReset(Message.SessionReset message) {
      streams.endAll("the service reset the session");
      return null;
    }

    @Override
    public Void unknown(Message.Unknown message) {
      if (message.ignorable()) {
        out.accept(new Effect.Ignored("a message of the unknown type " + message.type()));
      } else {
        nonsense("the unknown type " + message.type());
      }
      return null;
    }

    private boolean mayStart(String type) {
      if (phase == Phase.STOPPING) {
        out.accept(new Effect.Ignored(type + " while stopping"));
      }
      return phase != Phase.STOPPING && greetedFor(type);
    }

    private boolean greetedFor(String type) {
      if (phase == Phase.GREETING) {
        out.accept(new Effect.Ignored(type + " before SERVICE_IDS"));
      }
      return phase != Phase.GREETING;
    }
  }
}
