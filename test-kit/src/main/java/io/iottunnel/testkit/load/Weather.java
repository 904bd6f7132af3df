package io.iottunnel.testkit.load;

import java.util.concurrent.atomic.AtomicInteger;

/** Says which talks a fault may have hit. Thread-safe. */
final class Weather {

  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger over = new AtomicInteger();

  /**
   * A moment of fair weather or of a disturbance.
   *
   * @param begun how many disturbances had begun by then
   */
  record Moment(int begun, boolean fair) {}

  Moment now() {
    int past = over.get(); // first: what ends in between does not make it fair
    int all = begun.get();
    return new Moment(all, all == past);
  }

  /** Whether no disturbance fell into the time since then, nor had begun by then. */
  boolean fairSince(Moment then) {
    return then.fair() && begun.get() == then.begun();
  }

  /** Runs what disturbs, and what waits until that is over; where it fails, it is never over. */
  void disturb(Runnable disturbance) {
    begun.incrementAndGet();
    disturbance.run();
    over.incrementAndGet();
  }
}
