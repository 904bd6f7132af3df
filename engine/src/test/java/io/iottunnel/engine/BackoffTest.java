package io.iottunnel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ByteStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A web proxy in trouble is asked as often as the schedule says, and never in a storm. */
class BackoffTest {

  private static final WebProxy PROXY =
      new WebProxy(WebProxy.Scheme.HTTP, new HostAndPort("proxy.example", 3128), Optional.empty());
  private static final int MINUTE = 60_000;
  private static final int FIRST_BOUND = 2_500;
  private static final int LONGEST_BOUND = 120_000;
  private static final int RUNS = 500;

  @Test
  void aMinuteOf503SeesWhatTheScheduleSays() {
    for (int seed = 0; seed < RUNS; seed++) {
      Run run = new Run(seed, overloaded());
      run.bench.timers.pass(MINUTE - 1);

      assertEquals(predicted(new Random(seed)), run.asked, "with seed " + seed);
    }
  }

  @Test
  void noLuckMakesAStormOfIt() {
    List<Integer> counts = new ArrayList<>();
    for (int seed = 0; seed < RUNS; seed++) {
      Run run = new Run(seed, overloaded());
      run.bench.timers.pass(MINUTE - 1);
      counts.add(run.asked.size());
    }

    // On average, half of each bound is waited: at 0, 1.25, 3.75, 8.75, 18.75 and 38.75 s.
    double average = counts.stream().mapToInt(count -> count).average().orElseThrow();
    assertTrue(average > 5 && average < 7, "attempts in a minute, on average: " + average);
    assertTrue(counts.stream().allMatch(count -> count <= 12), "attempts in a minute: " + counts);
  }

  @Test
  void whatTheWebProxyAsksForIsWaitedAtLeast() {
    WebProxyRefusedException busy =
        new WebProxyRefusedException(
            "503 Busy", Retry.WITH_BACKOFF, 503, Optional.of(Duration.ofSeconds(25)));
    for (int seed = 0; seed < RUNS; seed++) {
      Run run = new Run(seed, busy);
      run.bench.timers.pass(MINUTE - 1);

      assertTrue(run.asked.size() <= 3, "asked at " + run.asked);
    }
  }

  @Test
  void onceTheWebProxyHasRecoveredTheTunnelOpens() {
    Run run = new Run(1, overloaded());
    run.bench.timers.pass(MINUTE);
    run.recovered = true;
    run.bench.timers.pass(LONGEST_BOUND);

    assertEquals(1, run.bench.world.sessions.size());
  }

  private static WebProxyRefusedException overloaded() {
    return new WebProxyRefusedException("503 Service Unavailable", Retry.WITH_BACKOFF, 503);
  }

  /** Full jitter over an exponential, written down once more. */
  private static List<Long> predicted(Random random) {
    List<Long> times = new ArrayList<>();
    long bound = FIRST_BOUND;
    long at = 0;
    while (at < MINUTE) {
      times.add(at);
      at += random.nextLong(bound);
      bound = Math.min(2 * bound, LONGEST_BOUND);
    }
    return times;
  }

  /** A local proxy behind a web proxy that refuses, with luck of its own. */
  private static final class Run {

    final EngineBench bench = new EngineBench();
    final List<Long> asked = new ArrayList<>();
    boolean recovered;

    Run(long seed, WebProxyRefusedException refusal) {
      Random random = new Random(seed);
      bench
          .builder(Mode.SOURCE)
          .through(PROXY, (proxy, service, observer) -> answer(refusal))
          .chance(bound -> bound == 0 ? 0 : random.nextLong(bound))
          .build()
          .start();
    }

    private CompletableFuture<ByteStream> answer(WebProxyRefusedException refusal) {
      asked.add(bench.timers.millis());
      return recovered
          ? CompletableFuture.completedFuture(new FakeStream())
          : CompletableFuture.failedFuture(refusal);
    }
  }
}
