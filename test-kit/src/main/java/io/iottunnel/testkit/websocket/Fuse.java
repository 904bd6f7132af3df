package io.iottunnel.testkit.websocket;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes that pass one way, and cuts the connection behind a certain one once it is lit.
 * Thread-safe; one thread at a time passes bytes.
 */
final class Fuse {

  private long left = Long.MAX_VALUE;
  private @Nullable Runnable cut;

  /** Runs {@code action} behind {@code bytes} more; 0 is at once. */
  void light(long bytes, Runnable action) {
    synchronized (this) {
      left = bytes;
      cut = action;
    }
    burn();
  }

  /**
   * How many of {@code count} bytes may pass at once, at least one.
   *
   * @throws IOException if the connection has been cut
   */
  synchronized int allows(int count) throws IOException {
    if (left == 0) {
      throw new IOException("the connection was cut here on purpose");
    }
    return (int) Math.min(left, count);
  }

  /** So many bytes have passed. */
  void passed(int count) {
    synchronized (this) {
      left -= cut == null ? 0 : Math.min(left, count);
    }
    burn();
  }

  private void burn() {
    Runnable due;
    synchronized (this) {
      if (left > 0 || cut == null) {
        return;
      }
      due = cut;
      cut = null;
    }
    due.run();
  }
}
