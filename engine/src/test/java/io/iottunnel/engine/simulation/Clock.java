package io.iottunnel.engine.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Time, and what happens in it: the earliest first, and of what happens in the same millisecond
 * that which was asked for first. It stands still while something happens.
 */
final class Clock {

  private record Happening(long at, long number, Runnable action) {}

  private final PriorityQueue<Happening> coming =
      new PriorityQueue<>(
          Comparator.comparingLong(Happening::at).thenComparingLong(Happening::number));
  private long now = 1_000_000;
  private long count;

  long now() {
    return now;
  }

  /** Lets {@code action} happen after a delay in milliseconds. */
  void after(long delay, Runnable action) {
    coming.add(new Happening(now + delay, count++, action));
  }

  /** Lets the next thing happen, if it is not after {@code until}; whether it did. */
  boolean step(long until) {
    Happening next = coming.peek();
    if (next == null || next.at() > until) {
      now = Math.max(now, until);
      return false;
    }
    coming.remove();
    now = next.at();
    next.action().run();
    return true;
  }
}
