package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.tunnel.Message;
import java.util.HashMap;
import java.util.Map;

/**
 * What one local proxy holds in memory, reckoned from outside: bytes that came from the service and
 * were not written to their local side, and bytes that it decided to send and that have not left.
 */
final class Accounts {

  private final Plot plot;
  private final Map<Name, Long> arrived = new HashMap<>();
  private final Map<Name, NearStream> streams = new HashMap<>();
  private Name lastArrivedFor = Name.NONE;
  private long lastArrived;
  private long unsent;

  Accounts(Plot plot) {
    this.plot = plot;
  }

  /** A connection begins; a name may come again. */
  void begins(Name name) {
    arrived.put(name, 0L);
    streams.remove(name);
  }

  /** The local side of a connection is there. */
  void hasStream(Name name, NearStream stream) {
    streams.put(name, stream);
  }

  void ends(Name name) {
    arrived.remove(name);
    streams.remove(name);
  }

  // From the service.

  void arrives(Name name, long bytes) {
    lastArrivedFor = name;
    lastArrived = bytes;
    arrived.computeIfPresent(name, (n, before) -> before + bytes);
  }

  /** What arrived last was dropped, if it arrived in the same breath. */
  void dropped() {
    arrived.computeIfPresent(lastArrivedFor, (n, before) -> before - lastArrived);
    breath();
  }

  /** Whatever arrived last was not dropped. */
  void breath() {
    lastArrivedFor = Name.NONE;
  }

  /** Bytes that came for a connection and were not written. */
  long held(Name name) {
    NearStream stream = streams.get(name);
    if (stream == null) {
      return arrived.get(name);
    }
    return stream.hasFailedToWrite() ? 0 : arrived.get(name) - stream.written();
  }

  // To the service.

  void decidesToSend(long bytes) {
    unsent += bytes;
  }

  void sent(long bytes) {
    unsent -= bytes;
  }

  void sessionBegins() {
    unsent = 0;
  }

  void check() {
    // One frame may follow the last one that was within bounds, and end a message begun before it.
    long frame = (long) plot.largestFrame() + Math.max(plot.capacity(), Madness.PAYLOAD.length());
    long all = 0;
    for (Name name : arrived.keySet()) {
      long one = held(name);
      all += one;
      assertTrue(
          one <= plot.settings().writeBuffer() + frame,
          () -> one + " bytes are held for " + name + " of " + arrived.get(name));
    }
    long held = all;
    assertTrue(
        held <= plot.settings().writeBufferTotal() + frame,
        () -> held + " bytes are held for local sides");
    assertTrue(
        unsent <= Math.max(plot.settings().sendQueue(), Message.MAX_PAYLOAD),
        () -> unsent + " bytes wait for the service");
  }
}
