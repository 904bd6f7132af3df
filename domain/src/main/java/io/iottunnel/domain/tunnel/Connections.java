package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Mode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The local sides of all connections, from the first attempt to reach the application to the last
 * byte. {@link Reading} and {@link Delivering} carry their bytes, {@link Transitions} takes them
 * from state to state.
 */
final class Connections {

  private final TunnelSettings settings;
  private final Deadlines deadlines;
  private final Consumer<Effect> out;
  private final ConnectionRegister register = new ConnectionRegister();
  private final Lingering lingering;
  private final Transitions transitions;
  private final Reading reading;
  private final Delivering delivering;

  /**
   * @param onDetached is told of each connection, once, when it is no longer one of its stream: it
   *     takes its last bytes, or is over
   */
  Connections(
      Mode mode,
      TunnelSettings settings,
      Deadlines deadlines,
      Consumer<Effect> out,
      Consumer<Connection> onDetached) {
    this.settings = settings;
    this.deadlines = deadlines;
    this.out = out;
    this.lingering = new Lingering(settings, deadlines, register);
    SendTurns turns = new SendTurns(settings.sendQueue());
    Backlog backlog = new Backlog(settings, lingering::beginAnew);
    this.transitions =
        new Transitions(
            register, deadlines, settings.drainLimit(), turns, backlog, lingering, out, onDetached);
    this.reading = new Reading(mode, register, turns, transitions, out);
    this.delivering =
        new Delivering(mode, register, deadlines, settings.stallLimit(), backlog, transitions, out);
  }

  /** The way of their bytes to the service. */
  Reading reading() {
    return reading;
  }

  /** The way of their bytes from the service. */
  Delivering delivering() {
    return delivering;
  }

  /** The round trip of the last ping. */
  void roundTrip(Duration measured) {
    lingering.roundTrip(measured);
  }

  boolean isEmpty() {
    return register.isEmpty();
  }

  /** Whether one more is over the limit. */
  boolean areFull() {
    return register.active() >= settings.maxConnections();
  }

  // How they begin.

  /** A destination's: connects to the application. */
  void connect(Connection connection) {
    add(connection);
    open(connection);
  }

  /** A source's: the client is there already. */
  void accepted(Connection connection) {
    add(connection);
    out.accept(new Effect.AwaitReadable(connection.local));
  }

  private void add(Connection connection) {
    register.add(connection);
    connection.progressAt = deadlines.now();
    out.accept(new Effect.Opened(connection.service.id, connection.stream, connection.number));
  }

  private void open(Connection c) {
    out.accept(new Effect.OpenLocal(c.local, c.service.id, c.endpoint));
  }

  void connected(LocalId local) {
    register.find(local).ifPresent(c -> transitions.apply(c, ConnectionInput.CONNECTED, ""));
  }

  void connectFailed(LocalId local, String reason) {
    register.find(local).ifPresent(c -> connectFailed(c, reason));
  }

  private void connectFailed(Connection c, String reason) {
    if (!settings.triesLocallyAgain(++c.failedAttempts)) {
      out.accept(new Effect.Unreachable(c.service.id, reason, Optional.empty()));
      transitions.apply(c, ConnectionInput.CONNECT_FAILED, "the application was not reached");
    } else {
      Duration delay = settings.localRetryDelay();
      out.accept(new Effect.Unreachable(c.service.id, reason, Optional.of(delay)));
      deadlines.set(Deadlines.Kind.CONNECT_AGAIN, c.local, delay);
    }
  }

  // How they end.

  void endedByPeer(Connection connection, String reason) {
    transitions.apply(connection, ConnectionInput.ENDED_BY_PEER, reason);
  }

  void endedByUs(Connection connection, String reason) {
    transitions.apply(connection, ConnectionInput.ENDED_BY_US, reason);
  }

  void endAllByUs(String reason) {
    register.copy().forEach(c -> endedByUs(c, reason));
  }

  /** The time for last bytes is over. */
  void cutOffAll() {
    register.copy().forEach(this::cutOff);
  }

  private void cutOff(Connection c) {
    transitions.apply(c, ConnectionInput.TIMED_OUT, "its last bytes were not taken in time");
  }

  void due(Deadlines.Name deadline) {
    register.find(deadline.local()).ifPresent(c -> due(c, deadline.kind()));
  }

  private void due(Connection c, Deadlines.Kind kind) {
    switch (kind) {
      case CONNECT_AGAIN -> open(c);
      case LINGER -> {
        if (!delivering.blocks()) {
          transitions.apply(c, ConnectionInput.LINGER_OVER, "the client had finished sending");
        }
      }
      case PROGRESS -> cutOff(c);
      case SERVICE_IDS, PING, STOP, LISTEN_AGAIN ->
          throw new IllegalStateException("not a connection's: " + kind);
    }
  }
}
