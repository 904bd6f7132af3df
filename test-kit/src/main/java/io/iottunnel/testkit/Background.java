package io.iottunnel.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs what blocks beside the test, each piece on a thread of its own. */
public final class Background {

  private Background() {}

  /** Starts {@code work}; its value or exception becomes the future's. */
  public static <T> CompletableFuture<T> start(Callable<T> work) {
    return start(null, work);
  }

  /** The same in a group, which the threads that {@code work} starts belong to as well. */
  public static <T> CompletableFuture<T> start(@Nullable ThreadGroup group, Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            group,
            () -> {
              try {
                result.complete(work.call());
              } catch (Throwable failure) {
                result.completeExceptionally(failure);
              }
            },
            "test-background");
    thread.setDaemon(true);
    thread.start();
    return result;
  }
}
