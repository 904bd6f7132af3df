package io.iottunnel.testkit.load;

import java.util.concurrent.atomic.AtomicInteger;

/** Says which talks a fault may have hit. Thread-safe. */
final class Weather {

  private final AtomicInteger changes = new AtomicInteger();

  /** A moment of fair weather or of a disturbance. */
  record Moment(int changes) {}

  Moment now() {
    return new Moment(changes.get());
  }

  /** Whether no disturbance fell into the time since then, nor had begun by then. */
  boolean fairSince(Moment then) {
    return then.changes() % 2 == 0 && changes.get() == then.changes();
  }

  /** Runs what disturbs, and what waits until that is over. */
  void disturb(Runnable disturbance) {
    changes.incrementAndGet();
    disturbance.run();
    changes.incrementAndGet();
  }
}
