package io.iottunnel.adapters.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way between a thread that may wait and one that must not: a queue of bounded size.
 * The methods that wait say so. Thread-safe.
 */
final class HandOff {

  private final byte[] ring;
  private int first;
  private int count;
  private boolean ended;
  private @Nullable IOException failure;

  /**
   * @param capacity what is held at most, in bytes
   */
  HandOff(int capacity) {
    ring = new byte[capacity];
  }

  /**
   * Takes as much of {@code from} as there is room for.
   *
   * @throws IOException if the other side failed
   */
  synchronized int put(ByteBuffer from) throws IOException {
    requireNoFailure();
    int before = count;
    while (from.hasRemaining() && count < ring.length) {
      int at = (first + count) % ring.length;
      int run = Math.min(from.remaining(), Math.min(ring.length - at, ring.length - count));
      from.get(ring, at, run);
      count += run;
    }
    notifyAll();
    return count - before;
  }

  /**
   * Gives as much as {@code into} has room for.
   *
   * @return how much, -1 at the end
   * @throws IOException if the other side failed, behind everything that it gave before
   */
  synchronized int take(ByteBuffer into) throws IOException {
    if (count == 0) {
      requireNoFailure();
      return ended ? -1 : 0;
    }
    int before = count;
    while (into.hasRemaining() && count > 0) {
      int run = Math.min(into.remaining(), Math.min(count, ring.length - first));
      into.put(ring, first, run);
      first = (first + run) % ring.length;
      count -= run;
    }
    notifyAll();
    return before - count;
  }

  private void requireNoFailure() throws IOException {
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  /** Waits until {@code bytes} can be put at once; false when nobody wants them any more. */
  synchronized boolean awaitRoom(int bytes) throws InterruptedException {
    while (ring.length - count < bytes && !isOver()) {
      wait();
    }
    return !isOver();
  }

  /** Waits until there is something to take; false when nothing will come any more. */
  synchronized boolean awaitBytes() throws InterruptedException {
    while (count == 0 && !isOver()) {
      wait();
    }
    return count > 0;
  }

  /** Whether {@link #take} would not return 0. */
  synchronized boolean isReadable() {
    return count > 0 || isOver();
  }

  /** Whether {@link #put} would not return 0. */
  synchronized boolean isWritable() {
    return count < ring.length || isOver();
  }

  private boolean isOver() {
    return ended || failure != null;
  }

  /** Nothing more will be put; what is here can still be taken. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Nothing more will be put, and what is here is gone. */
  synchronized void discard() {
    count = 0;
    end();
  }

  /** The side that waits has failed; what it put before can still be taken. */
  synchronized void fail(IOException reason) {
    failure = reason;
    notifyAll();
  }
}
