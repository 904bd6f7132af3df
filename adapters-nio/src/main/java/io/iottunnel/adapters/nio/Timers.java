package io.iottunnel.adapters.nio;

import java.time.Duration;
import java.util.TreeSet;

/** The deadlines of a loop, the next one first. Lives on the loop's thread but for {@link #add}. */
final class Timers {

  /** What {@link #millisToNext} answers when there is no timer. */
  static final long NONE = -1;

  private final NioLoop loop;
  private final TreeSet<Timer> waiting = new TreeSet<>();
  private long count;

  Timers(NioLoop loop) {
    this.loop = loop;
  }

  /** One deadline and what to do at it. */
  final class Timer implements Comparable<Timer> {
    private final long deadline;
    private final Runnable action;
    private long number;

    private Timer(long deadline, Runnable action) {
      this.deadline = deadline;
      this.action = action;
    }

    /** Forgets it; on the loop's thread it is certain that it does not run any more. */
    void cancel() {
      onLoop(() -> waiting.remove(this));
    }

    @Override
    public int compareTo(Timer other) {
      int byDeadline = Long.signum(deadline - other.deadline); // nanoTime may wrap around
      return byDeadline != 0 ? byDeadline : Long.compare(number, other.number);
    }
  }

  Timer add(Duration delay, Runnable action) {
    Timer timer = new Timer(System.nanoTime() + delay.toNanos(), action);
    onLoop(
        () -> {
          timer.number = count++;
          waiting.add(timer);
        });
    return timer;
  }

  private void onLoop(Runnable change) {
    if (loop.isCurrentThread()) {
      change.run();
    } else {
      loop.execute(change);
    }
  }

  /** How long the loop may sleep: rounded up, so that it does not wake too early. */
  long millisToNext() {
    if (waiting.isEmpty()) {
      return NONE;
    }
    long nanos = waiting.first().deadline - System.nanoTime();
    return nanos <= 0 ? 0 : (nanos + 999_999) / 1_000_000;
  }

  void runDue() {
    long now = waiting.isEmpty() ? 0 : System.nanoTime();
    while (!waiting.isEmpty() && waiting.first().deadline - now <= 0) {
      loop.guarded(waiting.pollFirst().action);
    }
  }
}
