package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.tunnel.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
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

  /** How many connections have a name: a stream that is started again leaves old ones behind. */
  private final Map<Name, Integer> open = new HashMap<>();

  private final Set<Name> shared = new HashSet<>();

  Farewells(Plot plot) {
    this.plot = plot;
  }

  /** A connection begins; its name may come again, even while an old one is still open. */
  void begins(Name name) {
    if (open.merge(name, 1, Integer::sum) > 1) {
      shared.add(name);
    }
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

  /** A connection has ended. Of which it was told is not known where several share its name. */
  void check(Name name, String reason) {
    boolean own = OWN.contains(reason) || reason.startsWith("it took nothing");
    if (own && !shared.contains(name)) {
      assertTrue(
          told.contains(name) || told.contains(name.ofStream()),
          () -> "nobody is told of the end of " + name + ": " + reason);
    }
    if (open.merge(name, -1, Integer::sum) == 0) {
      shared.remove(name);
    }
  }
}
