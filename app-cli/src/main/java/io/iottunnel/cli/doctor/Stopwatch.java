package io.iottunnel.cli.doctor;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Times one hop after the other. Confined to whoever guards it. */
final class Stopwatch {

  private final LongSupplier nanoTime;
  private long lapBegan;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  Stopwatch(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lapBegan = nanoTime.getAsLong();
  }

  /** How long it is since the last lap, or the beginning; begins a new one. */
  Duration lap() {
    long now = nanoTime.getAsLong();
    Duration lap = Duration.ofNanos(now - lapBegan);
    lapBegan = now;
    return lap;
  }
}
