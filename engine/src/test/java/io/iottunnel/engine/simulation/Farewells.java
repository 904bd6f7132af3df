package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.tunnel.Message;
import java.util.HashSet;
import java.util.Set;

/** That the peer is told of each end that is not its own. */
final class Farewells {

  private static final Set<String> OWN =
      Set.of(
          "the local side closed it",
          "the client had finished sending",
          "the application was not reached",
          "connection reset");

  private final Plot plot;
  private final Set<Name> told = new HashSet<>();

  Farewells(Plot plot) {
    this.plot = plot;
  }

  /** A connection begins; its name may come again. */
  void begins(Name name) {
    told.remove(name);
    told.remove(name.ofStream());
  }

  /** A message is on its way. */
  void says(Message message) {
    if (message instanceof Message.ConnectionReset m) {
      told.add(new Name(plot.serviceOf(m.service()), m.stream(), Math.max(1, m.connection())));
    } else if (message instanceof Message.StreamReset m) {
      told.add(new Name(plot.serviceOf(m.service()), m.stream(), 0));
    }
  }

  /** A connection has ended. */
  void check(Name name, String reason) {
    if (OWN.contains(reason) || reason.startsWith("it took nothing")) {
      assertTrue(
          told.contains(name) || told.contains(name.ofStream()),
          () -> "nobody is told of the end of " + name + ": " + reason);
    }
  }
}
