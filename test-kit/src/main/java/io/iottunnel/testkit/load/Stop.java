package io.iottunnel.testkit.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells those who go on and on to stop. Thread-safe. */
final class Stop {

  private final CountDownLatch said = new CountDownLatch(1);

  void say() {
    said.countDown();
  }

  boolean isSaid() {
    return said.getCount() == 0;
  }

  /** Waits for this long unless it is said before; returns whether it was. */
  boolean within(long millis) {
    try {
      return said.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
