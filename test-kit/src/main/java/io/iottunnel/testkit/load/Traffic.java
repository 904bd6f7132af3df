package io.iottunnel.testkit.load;

import io.iottunnel.testkit.load.Pair.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The clients of one tunnel, and what goes wrong there. */
final class Traffic {

  private static final int WORKERS = 6;
  private static final long LONGEST_TALK_SECONDS = 180;

  private final Pair pair;
  private final Clients clients;
  private final Faults faults;
  private final Ledger ledger;
  private final List<SplittableRandom> chances = new ArrayList<>();

  Traffic(Pair pair, Clients clients, Faults faults, Ledger ledger, SplittableRandom chance) {
    this.pair = pair;
    this.clients = clients;
    this.faults = faults;
    this.ledger = ledger;
    for (int i = 0; i < WORKERS; i++) {
      chances.add(chance.split());
    }
  }

  /** Starts everybody; they end the talk that they are in when they are told to stop. */
  List<Future<?>> start(ExecutorService threads, Stop stop) {
    List<Future<?>> started = new ArrayList<>();
    for (SplittableRandom chance : chances) {
      started.add(threads.submit(() -> talk(chance, stop)));
    }
    started.add(threads.submit(() -> faults.run(stop)));
    return started;
  }

  private void talk(SplittableRandom chance, Stop stop) {
    while (!stop.isSaid()) {
      Source source = pair.source();
      clients.run(
          source, Talk.random(ledger.nextNumber(), pair.services(), source.dialect(), chance));
    }
  }

  /** Waits for those who were started; who fails or hangs is a mistake. */
  static void await(List<Future<?>> started, Ledger ledger) {
    for (Future<?> one : started) {
      try {
        one.get(LONGEST_TALK_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        ledger.mistake("one who talks or disturbs", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
