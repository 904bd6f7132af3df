package io.iottunnel.adapters.jetty;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs tasks one at a time, in order, on the thread of whoever brings the first: no thread of its
 * own, so no hand-off. A task that is brought while another runs (by that task itself, or by
 * another thread) runs right behind it, on the thread that is at it; the caller does not wait.
 *
 * <p>Everything of one session goes through here. So a listener is told one thing at a time,
 * Jetty's locks are never fought over, and nothing that Jetty postpones (it asks an {@link
 * Executor} to) is done while it holds one of them.
 */
final class SerialExecutor implements Executor {

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private final Consumer<Throwable> onFailure;

  /**
   * @param onFailure is given what a task throws
   */
  SerialExecutor(Consumer<Throwable> onFailure) {
    this.onFailure = onFailure;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (open.getAndIncrement() > 0) {
      return;
    }
    do {
      Runnable next = tasks.remove();
      try {
        next.run();
      } catch (Throwable e) {
        onFailure.accept(e);
      }
    } while (open.decrementAndGet() > 0);
  }
}
