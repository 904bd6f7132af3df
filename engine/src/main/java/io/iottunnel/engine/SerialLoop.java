package io.iottunnel.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One logical thread without a thread of its own: tasks run one at a time, in order, each on the
 * thread that brings it when the loop is free, otherwise on the thread that is in it. So a byte
 * that an adapter's selector thread brings is carried all the way by that thread, with no hand-off.
 */
final class SerialLoop implements Executor {

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Consumer<Throwable> onBug;

  /**
   * @param onBug is told of what a task throws, which none should; the loop goes on
   */
  SerialLoop(Consumer<Throwable> onBug) {
    this.onBug = onBug;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() != 0) {
      return;
    }
    do {
      Runnable next = tasks.poll();
      if (next != null) {
        run(next);
      }
    } while (waiting.decrementAndGet() != 0);
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error bug) {
      onBug.accept(bug);
    }
  }
}
