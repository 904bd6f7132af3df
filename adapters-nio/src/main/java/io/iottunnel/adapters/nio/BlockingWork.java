package io.iottunnel.adapters.nio;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What the JDK does only in a blocking form, done beside a loop. */
final class BlockingWork {

  private BlockingWork() {}

  /**
   * Does {@code work} on a thread that may block. To be called on the loop.
   *
   * @param whenOver makes the failure for work that takes longer than {@code limit}
   * @return completes on the loop; fails with what {@code work} throws, or with that of {@code
   *     whenOver}. What the work comes to after that, or after the future was cancelled, is dropped
   */
  static <T> CompletableFuture<T> begin(
      NioLoop loop, Duration limit, Supplier<? extends Exception> whenOver, Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Timers.Timer timer = loop.after(limit, () -> result.completeExceptionally(whenOver.get()));
    var unused = result.whenComplete((value, failure) -> timer.cancel());
    loop.blocking()
        .execute(
            () -> {
              Runnable outcome = outcome(work, result);
              loop.execute(outcome);
            });
    return result;
  }

  private static <T> Runnable outcome(Callable<T> work, CompletableFuture<T> result) {
    try {
      T value = work.call();
      return () -> result.complete(value);
    } catch (Exception e) {
      return () -> result.completeExceptionally(e);
    }
  }
}
