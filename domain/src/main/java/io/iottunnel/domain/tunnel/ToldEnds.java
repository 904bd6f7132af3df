package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.ServiceId;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The connections whose end the peer knows, so that it is told once only: a second reset might meet
 * the next stream of a peer that does not look at its id.
 */
final class ToldEnds {

  /** How many are remembered; the end of one that is forgotten may be told once more. */
  private static final int REMEMBERED = 4096;

  /** A connection that is over, under its id on the wire: 0 for the only one of its stream. */
  private record Over(ServiceId service, int stream, int connection) {}

  private final Set<Over> over = new LinkedHashSet<>();
  private final Consumer<Effect> out;

  ToldEnds(Consumer<Effect> out) {
    this.out = out;
  }

  /** Tells the end of a connection that never was, unless it was told before. */
  void tell(Service service, Dialect dialect, int stream, int connection) {
    if (add(service, dialect, stream, connection)) {
      out.accept(new Effect.SendMessage(service.reset(dialect, stream, connection)));
    }
  }

  /** The peer knows the end of this connection; whether that is new. */
  boolean add(Service service, Dialect dialect, int stream, int connection) {
    if (over.size() >= REMEMBERED) {
      over.remove(over.iterator().next());
    }
    return over.add(over(service, dialect, stream, connection));
  }

  /** The peer may not know the end of this connection. */
  void remove(Service service, Dialect dialect, int stream, int connection) {
    over.remove(over(service, dialect, stream, connection));
  }

  private static Over over(Service service, Dialect dialect, int stream, int connection) {
    return new Over(service.id, stream, dialect.multiplexes() ? connection : 0);
  }

  /** The peer may know of nothing that was told. */
  void forget() {
    over.clear();
  }
}
