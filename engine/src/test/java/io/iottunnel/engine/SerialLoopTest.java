package io.iottunnel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialLoopTest {

  private final List<Throwable> bugs = new ArrayList<>();
  private final SerialLoop loop = new SerialLoop(bugs::add);

  @Test
  void aTaskRunsOnTheThreadThatBringsIt() {
    List<Thread> ran = new ArrayList<>();

    loop.execute(() -> ran.add(Thread.currentThread()));

    assertSame(Thread.currentThread(), ran.get(0));
  }

  @Test
  void aTaskThatATaskBringsRunsBehindIt() {
    List<String> ran = new ArrayList<>();

    loop.execute(
        () -> {
          loop.execute(() -> ran.add("second"));
          ran.add("first");
        });

    assertEquals(List.of("first", "second"), ran);
  }

  @Test
  void aTaskThatThrowsIsReportedAndTheLoopGoesOn() {
    IllegalStateException bug = new IllegalStateException("a mistake");
    List<String> ran = new ArrayList<>();

    loop.execute(
        () -> {
          throw bug;
        });
    loop.execute(() -> ran.add("next"));

    assertEquals(List.of(bug), bugs);
    assertEquals(List.of("next"), ran);
  }

  @Test
  void tasksOfManyThreadsNeverRunAtTheSameTimeAndNoneIsLost() throws Exception {
    int threads = 8;
    int each = 5_000;
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    int[] count = {0};
    CountDownLatch done = new CountDownLatch(threads * each);
    for (int t = 0; t < threads; t++) {
      new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  loop.execute(
                      () -> {
                        if (inside.incrementAndGet() != 1) {
                          overlaps.incrementAndGet();
                        }
                        count[0]++;
                        inside.decrementAndGet();
                        done.countDown();
                      });
                }
              })
          .start();
    }

    assertTrue(done.await(10, TimeUnit.SECONDS));
    assertEquals(threads * each, count[0]);
    assertEquals(0, overlaps.get());
  }
}
