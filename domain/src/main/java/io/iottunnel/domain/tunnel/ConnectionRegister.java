package io.iottunnel.domain.tunnel;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The connections whose local sides are not closed yet, whether their streams still live or not.
 */
final class ConnectionRegister {

  private final Map<LocalId, Connection> byLocal = new LinkedHashMap<>();

  void add(Connection connection) {
    byLocal.put(connection.local, connection);
  }

  void remove(Connection connection) {
    byLocal.remove(connection.local);
  }

  /** The connection with this local side, unless it is over. */
  Optional<Connection> find(LocalId local) {
    return Optional.ofNullable(byLocal.get(local));
  }

  /** All of them, the oldest first; to be walked through while none comes or goes. */
  Collection<Connection> all() {
    return byLocal.values();
  }

  /** All of them as they are now, the oldest first. */
  List<Connection> copy() {
    return List.copyOf(byLocal.values());
  }

  boolean isEmpty() {
    return byLocal.isEmpty();
  }

  boolean hasSeveral() {
    return byLocal.size() > 1;
  }

  /** How many count in the limit of active connections. */
  long active() {
    return byLocal.values().stream().filter(Connection::isActive).count();
  }
}
