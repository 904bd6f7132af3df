package io.iottunnel.testkit.contract;

import io.iottunnel.testkit.Deadline;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Leaves an action again and again, and sees whether a call that leaves it runs it. */
final class NestingProbe {

  private static final int TIMES = 100;

  private final Consumer<Runnable> leave;
  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch done = new CountDownLatch(1);
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
  private volatile boolean nested;

  /**
   * @param leave the call, for which the condition holds all the time
   */
  NestingProbe(Consumer<Runnable> leave) {
    this.leave = leave;
  }

  /** Leaves the action, which leaves itself; returns when it has run often enough or wrongly. */
  void leaveAgainAndAgain() {
    leaveOnce();
    Deadline.await(done, "an action whose condition holds");
  }

  /** Whether an action ran inside the call that left it. */
  boolean nested() {
    return nested;
  }

  private void leaveOnce() {
    inside.set(true);
    leave.accept(this::ran);
    inside.set(false);
  }

  private void ran() {
    if (inside.get()) {
      nested = true;
      done.countDown();
    } else if (runs.incrementAndGet() < TIMES) {
      leaveOnce();
    } else {
      done.countDown();
    }
  }
}
