package io.iottunnel.adapters.nio;

import static io.iottunnel.adapters.nio.Bytes.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NioLoopTest {

  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private final NioLoop loop = new NioLoop(failures::add);

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void tasksRunInOrderOnTheOneDaemonThread() throws Exception {
    List<Integer> order = new CopyOnWriteArrayList<>();
    CompletableFuture<Thread> last = new CompletableFuture<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      loop.execute(() -> order.add(number));
    }
    loop.execute(() -> last.complete(Thread.currentThread()));

    Thread thread = soon(last);
    assertEquals("localproxy-io", thread.getName());
    assertTrue(thread.isDaemon());
    assertEquals(java.util.stream.IntStream.range(0, 100).boxed().toList(), order);
  }

  @Test
  void aTaskOfTheLoopItselfRunsLater() throws Exception {
    CompletableFuture<Boolean> ranInside = new CompletableFuture<>();
    loop.execute(
        () -> {
          CompletableFuture<Void> inner = new CompletableFuture<>();
          loop.execute(() -> inner.complete(null));
          ranInside.complete(inner.isDone());
        });
    assertFalse(soon(ranInside));
  }

  @Test
  void whatATaskThrowsIsReportedAndTheLoopGoesOn() throws Exception {
    Error thrown = new AssertionError("on purpose");
    CompletableFuture<Void> next = new CompletableFuture<>();
    loop.execute(
        () -> {
          throw thrown;
        });
    loop.execute(() -> next.complete(null));

    soon(next);
    assertSame(thrown, failures.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void aTaskThatLeavesTheThreadInterruptedDoesNotDisturbTheNext() throws Exception {
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    loop.execute(
        () -> {
          Thread.currentThread().interrupt();
          loop.execute(
              () ->
                  loop.execute(() -> interrupted.complete(Thread.currentThread().isInterrupted())));
        });
    assertFalse(soon(interrupted));
  }

  @Test
  void timersFireByTheirDeadlinesAndNotWhenCancelled() throws Exception {
    List<String> fired = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> last = new CompletableFuture<>();
    long begin = System.nanoTime();
    loop.after(
        Duration.ofMillis(60),
        () -> {
          fired.add("60");
          last.complete(null);
        });
    loop.after(Duration.ofMillis(40), () -> fired.add("40")).cancel();
    loop.after(Duration.ofMillis(20), () -> fired.add("20"));

    soon(last);
    assertEquals(List.of("20", "60"), fired);
    assertTrue(System.nanoTime() - begin >= 60_000_000, "never early");
  }

  @Test
  void aTimerThatThrowsIsReportedAndTheNextFires() throws Exception {
    CompletableFuture<Void> next = new CompletableFuture<>();
    loop.after(
        Duration.ZERO,
        () -> {
          throw new IllegalStateException("on purpose");
        });
    loop.after(Duration.ofMillis(1), () -> next.complete(null));

    soon(next);
    assertEquals("on purpose", failures.poll(10, TimeUnit.SECONDS).getMessage());
  }

  @Test
  void closingEndsTheThreadAndCancelsWhatIsUnderWay() throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    loop.execute(() -> thread.complete(Thread.currentThread()));
    soon(thread);
    CompletableFuture<Void> underWay = loop.scope().enter(new CompletableFuture<>());

    loop.close();

    assertFalse(thread.get().isAlive());
    assertTrue(underWay.isCancelled());
    assertTrue(loop.scope().enter(new CompletableFuture<>()).isCancelled(), "too late to begin");
  }
}
