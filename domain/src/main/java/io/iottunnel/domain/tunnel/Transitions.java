package io.iottunnel.domain.tunnel;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Makes the transitions of connections: looks them up in {@link ConnectionTable}, and obeys. */
final class Transitions {

  private final ConnectionRegister connections;
  private final Deadlines deadlines;
  private final Duration drainLimit;
  private final SendTurns turns;
  private final Backlog backlog;
  private final Lingering lingering;
  private final Consumer<Effect> out;
  private final Consumer<Connection> onDetached;

  /**
   * @param onDetached is told of each connection, once, when it is no longer one of its stream: it
   *     takes its last bytes, or is over
   */
  Transitions(
      ConnectionRegister connections,
      Deadlines deadlines,
      Duration drainLimit,
      SendTurns turns,
      Backlog backlog,
      Lingering lingering,
      Consumer<Effect> out,
      Consumer<Connection> onDetached) {
    this.connections = connections;
    this.deadlines = deadlines;
    this.drainLimit = drainLimit;
    this.turns = turns;
    this.backlog = backlog;
    this.lingering = lingering;
    this.out = out;
    this.onDetached = onDetached;
  }

  /**
   * Something happened to a connection.
   *
   * @param reason why it ends, if this ends it
   */
  void apply(Connection c, ConnectionInput input, String reason) {
    ConnectionState before = c.state;
    boolean wasOfItsStream = c.isOfItsStream();
    ConnectionTable.Step step = ConnectionTable.on(before, input);
    c.state = step.next();
    step.actions().forEach(action -> perform(c, action));
    if (wasOfItsStream && !c.isOfItsStream()) {
      c.endReason = reason;
      turns.leave(c.local);
      onDetached.accept(c);
    }
    if (before != c.state) {
      entered(c);
    }
  }

  /**
   * Bytes came, from either side. They never change the state; {@code carry} is what is done with
   * them where the table says {@code carrying}.
   */
  void carry(Connection c, ConnectionInput input, ConnectionAction carrying, Runnable carry) {
    List<ConnectionAction> actions = ConnectionTable.on(c.state, input).actions();
    if (actions.contains(carrying)) {
      carry.run();
    }
    actions.forEach(action -> perform(c, action));
  }

  private void perform(Connection c, ConnectionAction action) {
    switch (action) {
      case READ -> out.accept(new Effect.AwaitReadable(c.local));
      case LINGER -> lingering.begin(c);
      case RESET_PEER ->
          out.accept(new Effect.SendMessage(c.service.reset(c.dialect, c.stream, c.number)));
      case DISCARD -> discard(c);
      case FINISH -> out.accept(new Effect.FinishLocal(c.local));
      case CLOSE -> out.accept(new Effect.CloseLocal(c.local));
      case ABORT -> out.accept(new Effect.AbortLocal(c.local));
      case IGNORE ->
          out.accept(new Effect.Ignored("nothing is due to " + c.service.id + " #" + c.number));
      case SEND, WRITE -> {
        // Carries bytes, so its caller does it.
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
      lingering.end(c);
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

  /** It has some time again to take more of its last bytes. */
  void watchProgress(Connection c) {
    deadlines.set(Deadlines.Kind.PROGRESS, c.local, drainLimit);
  }

  private void forget(Connection c) {
    backlog.forget(c);
    deadlines.clear(Deadlines.Kind.PROGRESS, c.local);
    deadlines.clear(Deadlines.Kind.CONNECT_AGAIN, c.local);
    connections.remove(c);
    out.accept(new Effect.Ended(c.service.id, c.stream, c.number, c.endReason));
  }
}
