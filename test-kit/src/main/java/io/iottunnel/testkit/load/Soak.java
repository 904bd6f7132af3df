package io.iottunnel.testkit.load;

import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Random traffic over real sockets, with faults and reconnects, for as long as is asked for. Every
 * byte is compared, in both directions of every connection: a connection that a fault may have hit
 * may be cut short, but never wrong; any other must be whole. Afterwards nothing more is held than
 * before: threads, descriptors, heap.
 *
 * <p>The seed decides what is talked about and what goes wrong when; how threads and sockets meet
 * is the machine's.
 */
public final class Soak {

  /** How much more heap may be in use at the end than after the first sixth. */
  public static final long HEAP_GROWTH = 5_000_000;

  private static final int WARM_UP = 6;
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final ServiceEmulator service;
  private final Ledger ledger = new Ledger();
  private final ExecutorService threads;
  private final Applications applications;
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Traffic> traffics = new ArrayList<>();

  private Soak(ServiceEmulator service, LocalProxies proxies, long seed, List<Tunnel> tunnels) {
    this.service = service;
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newCachedThreadPool(
            work -> new Thread(work, Footprint.RIG + "-" + number.incrementAndGet()));
    Side side = new Side(new Content(seed), threads);
    applications = new Applications(ledger, side, threads);
    SplittableRandom chance = new SplittableRandom(seed);
    for (Tunnel tunnel : tunnels) {
      Pair pair = new Pair(proxies, tunnel, applications.endpoint());
      Weather weather = new Weather();
      Clients clients = new Clients(pair, ledger, side, weather);
      Faults faults = new Faults(service, pair, clients, ledger, weather, chance.split());
      pairs.add(pair);
      traffics.add(new Traffic(pair, clients, faults, ledger, chance.split()));
    }
  }

  /**
   * Soaks local proxies at both ends of each tunnel.
   *
   * @param tunnels of {@code service}, which keeps no messages; only where there is one service can
   *     it be spoken of as V1 does
   * @return what was done, for people
   * @throws AssertionError that lists the mistakes, if there are any
   */
  public static String run(
      ServiceEmulator service,
      LocalProxies proxies,
      List<Tunnel> tunnels,
      long seed,
      Duration length) {
    Footprint before = Footprint.now();
    Soak soak = new Soak(service, proxies, seed, tunnels);
    String done = soak.run(length);
    await("threads and descriptors as before", () -> Footprint.now().holdsAsMuchAs(before), before);
    return done;
  }

  private String run(Duration length) {
    try {
      for (Pair pair : pairs) {
        for (Mode mode : Mode.values()) {
          pair.tunnel().end(mode).awaitSession();
        }
      }
      Footprint warm = talkFor(length.dividedBy(WARM_UP), null);
      Footprint last = talkFor(length.minus(length.dividedBy(WARM_UP)), warm);
      String done = "%s%nwarm: %s%nlast: %s".formatted(ledger, warm, last);
      if (last.heap() - warm.heap() > HEAP_GROWTH) {
        throw new AssertionError(done);
      }
      return done;
    } finally {
      pairs.forEach(Pair::close);
      applications.close();
      threads.shutdown();
    }
  }

  /** Returns what is held when everybody has fallen silent. */
  private Footprint talkFor(Duration length, @Nullable Footprint expected) {
    Stop stop = new Stop();
    List<Future<?>> started = new ArrayList<>();
    traffics.forEach(traffic -> started.addAll(traffic.start(threads, stop)));
    stop.within(length.toMillis());
    stop.say();
    Traffic.await(started, ledger);
    await("the end of every connection to an application", () -> applications.open() == 0, ledger);
    if (!ledger.mistakes().isEmpty()) {
      throw new AssertionError(ledger.toString());
    }
    if (expected != null) {
      await("as much held as before", () -> Footprint.now().holdsAsMuchAs(expected), expected);
    }
    service.assertNoBreach();
    return Footprint.now();
  }

  private static void await(String what, BooleanSupplier condition, Object more) {
    long end = System.nanoTime() + LIMIT_NANOS;
    Stop never = new Stop();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "missing: " + what + "\nwas: " + more + "\nis: " + Footprint.now());
      }
      never.within(100);
    }
  }
}
