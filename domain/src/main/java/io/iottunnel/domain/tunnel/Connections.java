package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The local sides of all connections: runs {@link ConnectionTable} for each, and keeps the bounds.
 * Towards the service, {@link SendTurns} says who reads next; towards the applications, {@link
 * Backlog} says whether more frames may come.
 */
final class Connections {

  private final Mode mode;
  private final TunnelSettings settings;
  private final Deadlines deadlines;
  private final Consumer<Effect> out;
  private final Consumer<Connection> onDetached;
  private final Map<LocalId, Connection> all = new LinkedHashMap<>();
  private final SendTurns turns;
  private final Backlog backlog;
  private long now;
  private long roundTrip;

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
    this.mode = mode;
    this.settings = settings;
    this.deadlines = deadlines;
    this.out = out;
    this.onDetached = onDetached;
    this.turns = new SendTurns(settings.sendQueue());
    this.backlog = new Backlog(settings);
  }

  /** Sets the time of the event that is being handled. */
  void at(long now) {
    this.now = now;
  }

  /** The round trip of the last ping, in milliseconds. */
  void roundTrip(long millis) {
    roundTrip = millis;
  }

  Backlog backlog() {
    return backlog;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether one more is over the limit. */
  boolean areFull() {
    return all.values().stream().filter(Connection::isActive).count() >= settings.maxConnections();
  }

  /** A destination's: connects to the application. */
  void connect(Connection connection) {
    add(connection);
    out.accept(new Effect.OpenLocal(connection.local, connection.service.id, connection.endpoint));
  }

  /** A source's: the client is there already. */
  void accepted(Connection connection) {
    add(connection);
    out.accept(new Effect.AwaitReadable(connection.local));
  }

  private void add(Connection connection) {
    all.put(connection.local, connection);
    connection.progressAt = now;
    out.accept(new Effect.Opened(connection.service.id, connection.stream, connection.number));
  }

  // What local sides do.

  void connected(LocalId local) {
    find(local).ifPresent(c -> apply(c, ConnectionInput.CONNECTED, ""));
  }

  void connectFailed(LocalId local, String reason) {
    find(local)
        .ifPresent(
            c -> {
              if (++c.failedAttempts > settings.applicationRetries()) {
                out.accept(new Effect.Unreachable(c.service.id, reason, Optional.empty()));
                apply(c, ConnectionInput.CONNECT_FAILED, "the application was not reached");
              } else {
                Duration delay = settings.applicationRetryDelay();
                out.accept(new Effect.Unreachable(c.service.id, reason, Optional.of(delay)));
                deadlines.set(Deadlines.Kind.CONNECT_AGAIN, local, now + delay.toMillis());
              }
            });
  }

  void readable(LocalId local) {
    find(local)
        .ifPresent(
            c -> {
              if (c.reads()) {
                turns.ask(local);
              } else if (c.discards()) {
                out.accept(new Effect.ReadLocal(local));
              }
            });
    giveTurns();
  }

  void read(LocalId local, ByteBuffer payload, boolean more) {
    Optional<Connection> source = find(local);
    turns.used(local, source.filter(Connection::reads).isPresent() ? payload.remaining() : 0);
    source.ifPresent(
        c -> {
          c.moreToRead = more;
          List<ConnectionAction> actions =
              ConnectionTable.on(c.state, ConnectionInput.BYTES_READ).actions();
          if (actions.contains(ConnectionAction.SEND)) {
            send(c, payload);
          }
          perform(c, actions);
        });
    giveTurns();
  }

  private void send(Connection c, ByteBuffer payload) {
    ServiceId service = c.service.onTheWire(c.dialect);
    int number = c.dialect.multiplexes() ? c.number : 0;
    out.accept(new Effect.SendData(c.local, new Message.Data(service, c.stream, number, payload)));
  }

  void idle(LocalId local) {
    turns.used(local, 0);
    find(local)
        .filter(c -> c.reads() || c.discards())
        .ifPresent(c -> out.accept(new Effect.AwaitReadable(local)));
    giveTurns();
  }

  void sent(LocalId local, int bytes) {
    turns.sent(bytes);
    find(local)
        .filter(Connection::reads)
        .ifPresent(
            c -> {
              if (c.moreToRead) {
                turns.ask(local);
              } else {
                out.accept(new Effect.AwaitReadable(local));
              }
            });
    giveTurns();
  }

  void ended(LocalId local) {
    turns.used(local, 0);
    find(local)
        .ifPresent(
            c ->
                apply(
                    c,
                    mode == Mode.SOURCE && c.dialect.multiplexes()
                        ? ConnectionInput.HALF_CLOSED
                        : ConnectionInput.END_OF_FILE,
                    "the local side closed it"));
    giveTurns();
  }

  void readFailed(LocalId local, String reason) {
    turns.used(local, 0);
    find(local).ifPresent(c -> apply(c, ConnectionInput.READ_FAILED, reason));
    giveTurns();
  }

  void writeFailed(LocalId local, String reason) {
    find(local)
        .ifPresent(
            c -> {
              forgetUndelivered(c);
              apply(c, ConnectionInput.WRITE_FAILED, reason);
            });
  }

  void delivered(LocalId local, int bytes) {
    find(local)
        .ifPresent(
            c -> {
              undeliveredShrinks(c, bytes);
              c.progressAt = now;
              if (c.state == ConnectionState.DRAINING) {
                watchProgress(c);
              }
              if (c.undelivered == 0) {
                apply(c, ConnectionInput.ALL_DELIVERED, "");
              }
            });
  }

  // What the peer, the clock and the session do.

  void received(Connection connection, ByteBuffer payload) {
    ConnectionTable.Step step = ConnectionTable.on(connection.state, ConnectionInput.DATA_RECEIVED);
    if (step.actions().contains(ConnectionAction.WRITE)) {
      if (connection.undelivered == 0) {
        connection.progressAt = now;
      }
      backlog.arrived(connection, payload.remaining());
      out.accept(new Effect.WriteLocal(connection.local, payload));
    }
    perform(connection, step.actions());
  }

  void endedByPeer(Connection connection, String reason) {
    apply(connection, ConnectionInput.ENDED_BY_PEER, reason);
  }

  void endedByUs(Connection connection, String reason) {
    apply(connection, ConnectionInput.ENDED_BY_US, reason);
  }

  void endAllByUs(String reason) {
    List.copyOf(all.values()).forEach(c -> endedByUs(c, reason));
  }

  /** The time for last bytes is over. */
  void cutOffAll() {
    List.copyOf(all.values()).forEach(this::cutOff);
  }

  private void cutOff(Connection c) {
    apply(c, ConnectionInput.TIMED_OUT, "its last bytes were not taken in time");
  }

  /** The session is gone: nothing that waited for it will leave. */
  void sessionLost() {
    turns.forget();
  }

  void due(Deadlines.Name deadline) {
    find(deadline.local()).ifPresent(c -> due(c, deadline.kind()));
  }

  private void due(Connection c, Deadlines.Kind kind) {
    switch (kind) {
      case CONNECT_AGAIN -> out.accept(new Effect.OpenLocal(c.local, c.service.id, c.endpoint));
      case LINGER -> {
        if (!backlog.blocks()) {
          apply(c, ConnectionInput.LINGER_OVER, "the client had finished sending");
        }
      }
      case PROGRESS -> cutOff(c);
      case SERVICE_IDS, PING, STOP ->
          throw new IllegalStateException("not a connection's: " + kind);
    }
  }

  /** The connection that has blocked the others for too long, when it has. */
  Optional<Connection> stalled() {
    return blocksOthers() ? backlog.stalled(all.values(), now) : Optional.empty();
  }

  /**
   * When {@link #stalled} is to be asked again, or {@link Long#MAX_VALUE} while nothing is blocked.
   */
  long nextStall() {
    return blocksOthers() ? backlog.nextStall(all.values()) : Long.MAX_VALUE;
  }

  /** A source knows when a client is alone; a destination never knows who waits to be started. */
  private boolean blocksOthers() {
    return backlog.blocks() && (mode == Mode.DESTINATION || all.size() > 1);
  }

  void reset(Connection stalled) {
    apply(
        stalled,
        ConnectionInput.STALLED,
        "it took nothing for " + settings.stallLimit().toSeconds() + " s and blocked the others");
  }

  // How a transition is made.

  private void apply(Connection c, ConnectionInput input, String reason) {
    ConnectionState before = c.state;
    boolean wasOfItsStream = c.isOfItsStream();
    ConnectionTable.Step step = ConnectionTable.on(before, input);
    c.state = step.next();
    perform(c, step.actions());
    if (wasOfItsStream && !c.isOfItsStream()) {
      c.endReason = reason;
      turns.leave(c.local);
      onDetached.accept(c);
    }
    if (before != c.state) {
      entered(c);
    }
  }

  private void perform(Connection c, List<ConnectionAction> actions) {
    for (ConnectionAction action : actions) {
      switch (action) {
        case READ -> out.accept(new Effect.AwaitReadable(c.local));
        case LINGER -> deadlines.set(Deadlines.Kind.LINGER, c.local, now + linger());
        case RESET_PEER ->
            out.accept(new Effect.SendMessage(c.service.reset(c.dialect, c.stream, c.number)));
        case DISCARD -> discard(c);
        case FINISH -> out.accept(new Effect.FinishLocal(c.local));
        case CLOSE -> out.accept(new Effect.CloseLocal(c.local));
        case ABORT -> out.accept(new Effect.AbortLocal(c.local));
        case IGNORE ->
            out.accept(new Effect.Ignored("nothing is due to " + c.service.id + " #" + c.number));
        case SEND, WRITE -> {
          // Carries bytes, so its caller has done it.
        }
      }
    }
  }

  /** Reads on, where something keeps the connection from finishing, which discards by itself. */
  private void discard(Connection c) {
    if (c.undelivered > 0) {
      out.accept(c.moreToRead ? new Effect.ReadLocal(c.local) : new Effect.AwaitReadable(c.local));
    }
  }

  private void entered(Connection c) {
    if (c.state != ConnectionState.LINGERING) {
      deadlines.clear(Deadlines.Kind.LINGER, c.local);
    }
    switch (c.state) {
      case CONNECTING, OPEN, READ_ONLY, LINGERING -> {}
      case OWING, DRAINING -> {
        watchProgress(c);
        if (c.undelivered == 0) {
          apply(c, ConnectionInput.ALL_DELIVERED, "");
        }
      }
      case FINISHING -> watchProgress(c);
      case CLOSED -> forget(c);
    }
  }

  private void forget(Connection c) {
    forgetUndelivered(c);
    deadlines.clear(Deadlines.Kind.PROGRESS, c.local);
    deadlines.clear(Deadlines.Kind.CONNECT_AGAIN, c.local);
    all.remove(c.local);
    out.accept(new Effect.Ended(c.service.id, c.stream, c.number, c.endReason));
  }

  private void forgetUndelivered(Connection c) {
    undeliveredShrinks(c, c.undelivered);
  }

  /** Where that lets frames come again, those that linger wait for them from now. */
  private void undeliveredShrinks(Connection c, long bytes) {
    boolean blocked = backlog.blocks();
    backlog.delivered(c, bytes);
    if (blocked && !backlog.blocks()) {
      all.values().stream()
          .filter(other -> other.state == ConnectionState.LINGERING)
          .forEach(other -> deadlines.set(Deadlines.Kind.LINGER, other.local, now + linger()));
    }
  }

  private void watchProgress(Connection c) {
    deadlines.set(Deadlines.Kind.PROGRESS, c.local, now + settings.drainLimit().toMillis());
  }

  private long linger() {
    return Math.max(settings.halfCloseLinger().toMillis(), 4 * roundTrip);
  }

  private void giveTurns() {
    for (Optional<LocalId> next = turns.next(); next.isPresent(); next = turns.next()) {
      out.accept(new Effect.ReadLocal(next.get()));
    }
  }

  private Optional<Connection> find(LocalId local) {
    return Optional.ofNullable(all.get(local));
  }
}
