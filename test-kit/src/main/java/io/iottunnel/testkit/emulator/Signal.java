package io.iottunnel.testkit.emulator;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets tests wait for a state instead of a time. */
final class Signal {

  private final Duration limit;

  Signal(Duration limit) {
    this.limit = limit;
  }

  /** Wakes everyone who waits, to look again. */
  synchronized void changed() {
    notifyAll();
  }

  /**
   * Waits until {@code probe} finds something.
   *
   * @param what is awaited, for the message when it does not come
   * @throws AssertionError when the limit is over
   */
  synchronized <T> T await(String what, Supplier<Optional<T>> probe) {
    long deadline = System.nanoTime() + limit.toNanos();
    Optional<T> found = probe.get();
    while (found.isEmpty()) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new AssertionError("within " + limit.toSeconds() + " s there was no " + what);
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for " + what, e);
      }
      found = probe.get();
    }
    return found.get();
  }
}
