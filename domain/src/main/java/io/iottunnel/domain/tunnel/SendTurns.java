package io.iottunnel.domain.tunnel;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who may read next, so that the queue towards the service stays below a bound and every connection
 * gets its turn: one message each, first come, first served. A turn reserves room for the largest
 * message until it is known how much was read.
 */
final class SendTurns {

  private final int bound;
  private final Set<LocalId> waiting = new LinkedHashSet<>();
  private final ArrayDeque<LocalId> granted = new ArrayDeque<>();
  private long queued;

  /**
   * @param bound how many bytes may wait for the WebSocket before local reading pauses
   */
  SendTurns(int bound) {
    this.bound = Math.max(bound, Message.MAX_PAYLOAD);
  }

  /** Asks for a turn; {@link #next} gives it. */
  void ask(LocalId local) {
    waiting.add(local);
  }

  /** Gives up a place in the queue. */
  void leave(LocalId local) {
    waiting.remove(local);
  }

  /** The next connection to read from, if there is room for its message; room is reserved. */
  Optional<LocalId> next() {
    if (waiting.isEmpty() || queued + Message.MAX_PAYLOAD > bound) {
      return Optional.empty();
    }
    LocalId local = waiting.iterator().next();
    waiting.remove(local);
    granted.add(local);
    queued += Message.MAX_PAYLOAD;
    return Optional.of(local);
  }

  /** Turns a reservation into the bytes that were read and will be sent: 0 if none. */
  void used(LocalId local, int bytes) {
    if (granted.remove(local)) {
      queued += bytes - Message.MAX_PAYLOAD;
    }
  }

  /** Bytes left for the network. */
  void sent(int bytes) {
    queued -= bytes;
  }

  /** The session is gone, and with it everything that waited for it. */
  void forget() {
    waiting.clear();
    granted.clear();
    queued = 0;
  }
}
