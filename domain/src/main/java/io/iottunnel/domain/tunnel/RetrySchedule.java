package io.iottunnel.domain.tunnel;

import java.time.Duration;

/**
 * How long to wait before connecting again: full jitter over an exponential, so the delay is a
 * random part of a bound that doubles with each consecutive failure.
 */
final class RetrySchedule {

  private final long first;
  private final long longest;
  private final int retries;
  private int failures;

  RetrySchedule(TunnelSettings settings) {
    this.first = settings.retryDelay().toMillis();
    this.longest = settings.longestRetryDelay().toMillis();
    this.retries = settings.connectRetries();
  }

  /** Counts a failure. */
  void failed() {
    failures++;
  }

  /** A session lasted long enough to start afresh. */
  void steady() {
    failures = 0;
  }

  int failures() {
    return failures;
  }

  /** Whether every allowed retry has been made. */
  boolean usedUp() {
    return retries >= 0 && failures > retries;
  }

  /** The bound of the delay after the failures counted so far. */
  Duration bound() {
    int doublings = Math.min(Math.max(failures - 1, 0), 30);
    return Duration.ofMillis(Math.min(longest, first << doublings));
  }
}
