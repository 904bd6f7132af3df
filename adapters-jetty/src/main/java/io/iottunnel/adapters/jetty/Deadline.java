package io.iottunnel.adapters.jetty;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One time limit after the other. Confined to its executor, on which a limit expires too. */
final class Deadline {

  private final ScheduledExecutorService timer;
  private final Executor serial;
  private @Nullable Limit current;

  Deadline(ScheduledExecutorService timer, Executor serial) {
    this.timer = timer;
    this.serial = serial;
  }

  /** Runs {@code expired} after {@code limit}, and forgets the limit that ran before. */
  void set(Duration limit, Runnable expired) {
    cancel();
    Limit next = new Limit(expired);
    next.running =
        timer.schedule(() -> serial.execute(next), limit.toNanos(), TimeUnit.NANOSECONDS);
    current = next;
  }

  void cancel() {
    Limit last = current;
    current = null;
    if (last != null && last.running != null) {
      last.running.cancel(false);
    }
  }

  /** Does nothing where it was cancelled between the timer and the executor. */
  private final class Limit implements Runnable {
    private final Runnable expired;
    private @Nullable Future<?> running;

    Limit(Runnable expired) {
      this.expired = expired;
    }

    @Override
    public void run() {
      if (current == this) {
        expired.run();
      }
    }
  }
}
