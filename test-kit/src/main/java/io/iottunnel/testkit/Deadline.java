package io.iottunnel.testkit;

import io.iottunnel.testkit.secrets.Printed;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The one time limit of every test: generous, so that a busy machine passes, and never used up by
 * code that is right. What is awaited is named, so that a failure says what did not come.
 */
public final class Deadline {

  /** How long anything may take that should take no time. */
  public static final Duration LIMIT = Duration.ofSeconds(10);

  /** The limit of this thread and of those that it starts. */
  private static final InheritableThreadLocal<Duration> HERE =
      new InheritableThreadLocal<>() {
        @Override
        protected Duration initialValue() {
          return LIMIT;
        }
      };

  private Deadline() {}

  /** How long is waited here: {@link #LIMIT}, unless {@link #within} says otherwise. */
  public static Duration limit() {
    return HERE.get();
  }

  /**
   * Runs {@code work} under a shorter limit. For tests of tests: code that is wrong on purpose is
   * often noticed by silence alone, which need not last long.
   */
  public static <T> T within(Duration limit, Supplier<T> work) {
    Duration before = HERE.get();
    HERE.set(limit);
    try {
      return work.get();
    } finally {
      HERE.set(before);
    }
  }

  /** The next element of {@code queue}, which must come. */
  public static <T> T next(BlockingQueue<T> queue, String what) {
    try {
      T element = queue.poll(limit().toMillis(), TimeUnit.MILLISECONDS);
      if (element == null) {
        throw missed(what);
      }
      return element;
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    }
  }

  /** Waits until {@code latch} is down. */
  public static void await(CountDownLatch latch, String what) {
    try {
      if (!latch.await(limit().toMillis(), TimeUnit.MILLISECONDS)) {
        throw missed(what);
      }
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    }
  }

  /** The value of {@code future}, which must succeed. */
  public static <T> T get(CompletableFuture<T> future, String what) {
    try {
      return Objects.requireNonNull(future.get(limit().toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      throw new AssertionError(what + " failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw missed(what);
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    }
  }

  /** The exception of {@code future}, which must fail. */
  public static Throwable failure(CompletableFuture<?> future, String what) {
    try {
      Object value = future.get(limit().toMillis(), TimeUnit.MILLISECONDS);
      throw new AssertionError(what + " should have failed, and gave " + value);
    } catch (ExecutionException e) {
      Throwable failure = Objects.requireNonNull(e.getCause());
      Printed.add(failure);
      return failure;
    } catch (TimeoutException e) {
      throw missed(what);
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    }
  }

  /** Waits until {@code condition} holds, which is checked whenever {@code monitor} is notified. */
  public static void await(Object monitor, BooleanSupplier condition, String what) {
    long end = System.nanoTime() + limit().toNanos();
    synchronized (monitor) {
      while (!condition.getAsBoolean()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          throw missed(what);
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(monitor, left);
        } catch (InterruptedException e) {
          throw interrupted(what, e);
        }
      }
    }
  }

  /** Waits for the end of {@code thread}. */
  public static void join(Thread thread) {
    String what = "the end of thread " + thread.getName();
    try {
      thread.join(limit().toMillis());
      if (thread.isAlive()) {
        throw missed(what);
      }
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    }
  }

  private static AssertionError missed(String what) {
    return new AssertionError(what + " did not come within " + limit().toSeconds() + " s");
  }

  private static AssertionError interrupted(String what, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted while waiting for " + what, e);
  }
}
