package io.iottunnel.engine;

import io.iottunnel.ports.TunnelSession;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Buffers for one message each, with room around the payload for all that goes with it on the wire;
 * reused, since a fresh 64 KiB for each read would be most of the garbage. Heap buffers: JSSE works
 * on arrays. Confined to the loop.
 */
final class ReadBuffers {

  private static final int BEFORE = TunnelSession.HEADROOM + MessageWriter.BEFORE_PAYLOAD;
  private static final int KEPT = 16;

  private final int payload;
  private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

  /**
   * @param payload the most bytes that are read into one of them
   */
  ReadBuffers(int payload) {
    this.payload = payload;
  }

  /** A buffer whose remaining bytes are room for one payload. */
  ByteBuffer take() {
    ByteBuffer buffer = free.poll();
    if (buffer == null) {
      buffer = ByteBuffer.allocate(BEFORE + payload + MessageWriter.BEHIND_PAYLOAD);
    }
    return buffer.clear().position(BEFORE).limit(BEFORE + payload);
  }

  /**
   * After reading into a buffer from {@link #take}: makes its remaining bytes those that were read.
   */
  static void flip(ByteBuffer buffer) {
    buffer.limit(buffer.position()).position(BEFORE);
  }

  /** Takes a buffer back that nobody uses any more. */
  void give(ByteBuffer buffer) {
    if (free.size() < KEPT) {
      free.push(buffer);
    }
  }
}
