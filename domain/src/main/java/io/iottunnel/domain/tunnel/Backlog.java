package io.iottunnel.domain.tunnel;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * What local sides have not taken yet. Past the bound of one connection, or of all together, no
 * further frame is asked for until there is room; so memory stays bounded, and TCP slows the peer
 * down.
 */
final class Backlog {

  private final long boundOfOne;
  private final long boundOfAll;
  private final long stallLimit;
  private final Runnable onRoom;
  private long total;
  private int overBound;

  /**
   * @param onRoom runs whenever frames may come again
   */
  Backlog(TunnelSettings settings, Runnable onRoom) {
    this.boundOfOne = settings.writeBuffer();
    this.boundOfAll = settings.writeBufferTotal();
    this.stallLimit = settings.stallLimit().toMillis();
    this.onRoom = onRoom;
  }

  void arrived(Connection connection, long bytes) {
    change(connection, bytes);
  }

  void delivered(Connection connection, long bytes) {
    boolean blocked = blocks();
    change(connection, -bytes);
    if (blocked && !blocks()) {
      onRoom.run();
    }
  }

  /** What is undelivered never will be. */
  void forget(Connection connection) {
    delivered(connection, connection.undelivered);
  }

  private void change(Connection connection, long bytes) {
    boolean wasOver = connection.undelivered > boundOfOne;
    connection.undelivered += bytes;
    total += bytes;
    boolean isOver = connection.undelivered > boundOfOne;
    overBound += (isOver ? 1 : 0) - (wasOver ? 1 : 0);
  }

  /** Whether no further frame may be asked for. */
  boolean blocks() {
    return overBound > 0 || total > boundOfAll;
  }

  /** All that is undelivered, in bytes. */
  long total() {
    return total;
  }

  /**
   * The connection to reset: of those that block and have taken nothing for the stall limit, the
   * one that holds most.
   */
  Optional<Connection> stalled(Collection<Connection> connections, long now) {
    return connections.stream()
        .filter(this::isBlocking)
        .filter(c -> now - c.progressAt >= stallLimit)
        .max(Comparator.comparingLong(c -> c.undelivered));
  }

  /** When the next connection may be found stalled. */
  long nextStall(Collection<Connection> connections) {
    return connections.stream()
        .filter(this::isBlocking)
        .mapToLong(c -> c.progressAt + stallLimit)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private boolean isBlocking(Connection c) {
    return c.undelivered > boundOfOne || (total > boundOfAll && c.undelivered > 0);
  }
}
