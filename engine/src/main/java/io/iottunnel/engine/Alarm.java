package io.iottunnel.engine;

import java.util.Optional;

/**
 * One timer that follows a deadline which moves with nearly every event. A deadline that moves
 * later costs nothing: the timer goes off early once and is set anew. Confined to the loop.
 */
final class Alarm {

  private final Timers timers;
  private final Runnable ring;
  private Optional<Runnable> cancel = Optional.empty();
  private long setFor = Long.MAX_VALUE;

  /**
   * @param ring is run on a thread of the timers; it shall call {@link #rang} on the loop
   */
  Alarm(Timers timers, Runnable ring) {
    this.timers = timers;
    this.ring = ring;
  }

  /**
   * Sees to it that the alarm rings at {@code deadline} or before, unless it is {@link
   * Long#MAX_VALUE}.
   */
  void follow(long deadline) {
    if (deadline < setFor) {
      cancel.ifPresent(Runnable::run);
      setFor = deadline;
      cancel = Optional.of(timers.after(Math.max(0, deadline - timers.millis()), ring));
    }
  }

  /** It rang: the next {@link #follow} sets it anew. */
  void rang() {
    setFor = Long.MAX_VALUE;
    cancel = Optional.empty();
  }

  void cancel() {
    cancel.ifPresent(Runnable::run);
    setFor = Long.MIN_VALUE;
  }
}
