package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** From local sides towards the service: each is read when {@link SendTurns} gives it its turn. */
final class Reading {

  private final Mode mode;
  private final ConnectionRegister connections;
  private final SendTurns turns;
  private final Transitions transitions;
  private final Consumer<Effect> out;

  Reading(
      Mode mode,
      ConnectionRegister connections,
      SendTurns turns,
      Transitions transitions,
      Consumer<Effect> out) {
    this.mode = mode;
    this.connections = connections;
    this.turns = turns;
    this.transitions = transitions;
    this.out = out;
  }

  void readable(LocalId local) {
    connections
        .find(local)
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
    Optional<Connection> source = connections.find(local);
    turns.used(local, source.filter(Connection::reads).isPresent() ? payload.remaining() : 0);
    source.ifPresent(
        c -> {
          c.moreToRead = more;
          transitions.carry(
              c, ConnectionInput.BYTES_READ, ConnectionAction.SEND, () -> send(c, payload));
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
    connections
        .find(local)
        .filter(c -> c.reads() || c.discards())
        .ifPresent(c -> out.accept(new Effect.AwaitReadable(local)));
    giveTurns();
  }

  void sent(LocalId local, int bytes) {
    turns.sent(bytes);
    connections
        .find(local)
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
    connections
        .find(local)
        .ifPresent(
            c ->
                transitions.apply(
                    c,
                    mode == Mode.SOURCE && c.dialect.multiplexes()
                        ? ConnectionInput.HALF_CLOSED
                        : ConnectionInput.END_OF_FILE,
                    "the local side closed it"));
    giveTurns();
  }

  void failed(LocalId local, String reason) {
    turns.used(local, 0);
    connections
        .find(local)
        .ifPresent(c -> transitions.apply(c, ConnectionInput.READ_FAILED, reason));
    giveTurns();
  }

  /** The session is gone: nothing that waited for it will leave. */
  void sessionLost() {
    turns.forget();
  }

  private void giveTurns() {
    for (Optional<LocalId> next = turns.next(); next.isPresent(); next = turns.next()) {
      out.accept(new Effect.ReadLocal(next.get()));
    }
  }
}
