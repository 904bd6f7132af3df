package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Outcome;
import io.iottunnel.domain.tunnel.TunnelSpec;
import io.iottunnel.engine.SimulatedEngine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One local proxy as a process, which may be suspended and killed. Everything that the world tells
 * it goes through here, one thing at a time.
 */
final class ProxyProcess implements SimulatedEngine.Time {

  final Mode mode;
  final Plot plot;
  final ProxyWatch watch;
  final LocalSide local;
  final Network network;

  private final Clock clock;
  private final Dice dice;
  private final SimulatedEngine engine;
  private boolean alive = true;
  private boolean over;
  private boolean stopping;
  private boolean asleep;
  private long lastSleep = Long.MIN_VALUE;
  private final Deque<Runnable> missed = new ArrayDeque<>();
  private Optional<Outcome> outcome = Optional.empty();
  private Optional<Throwable> mistake = Optional.empty();

  ProxyProcess(Mode mode, World world) {
    this.mode = mode;
    this.plot = world.plot;
    this.clock = world.clock;
    this.dice = world.dice;
    this.watch = new ProxyWatch(this, world);
    this.local = new LocalSide(this, world);
    this.network = new Network(this, world);
    this.engine =
        new SimulatedEngine(
            spec(), plot.settings(), network, network, local, watch, this, watch::draw);
  }

  private TunnelSpec spec() {
    Map<ServiceId, Endpoint> mapping = new LinkedHashMap<>();
    for (int i = 0; i < plot.names().size(); i++) {
      mapping.put(new ServiceId(plot.names().get(i)), LocalSide.endpoint(i));
    }
    Dialect dialect = mode == Mode.SOURCE ? plot.dialect() : Dialect.V3;
    return new TunnelSpec(mode, dialect, mapping, false, Endpoint.tcp("localhost", 0));
  }

  /** Chance for the process itself. */
  Dice dice() {
    return dice;
  }

  // Its life.

  void start() {
    tellSoon(
        () ->
            engine
                .start()
                .whenComplete(
                    (how, failure) -> {
                      outcome = Optional.ofNullable(how);
                      mistake = Optional.ofNullable(failure);
                    }));
  }

  void stop() {
    stopping = true;
    tell(engine::stop);
  }

  boolean isStopping() {
    return stopping;
  }

  void kill() {
    alive = false;
    network.processDies();
    local.processDies();
  }

  /** It does nothing for a time; what is told to it meanwhile waits. */
  void sleep(long time) {
    asleep = true;
    clock.after(time, this::wake);
  }

  void wake() {
    if (asleep) {
      asleep = false;
      lastSleep = clock.now();
      List.copyOf(missed).forEach(this::tell);
      missed.clear();
    }
  }

  boolean isAlive() {
    return alive;
  }

  /** Whether it slept at or after this moment. */
  boolean hasSleptSince(long moment) {
    return asleep || lastSleep >= moment;
  }

  boolean isOver() {
    return over || !alive;
  }

  /** How it ended, if it has. */
  Optional<Outcome> outcome() {
    return outcome;
  }

  /** It has said that it is over: it must not do anything any more. */
  void ends() {
    over = true;
    local.checkThatAllIsOver();
    network.checkThatAllIsOver();
  }

  void mayAct(String what) {
    assertTrue(alive && !over, () -> mode + " " + what + " after its end");
  }

  // What it is told.

  /** Tells it something now, or when it wakes. */
  void tell(Runnable callback) {
    if (!alive) {
      return;
    }
    if (asleep) {
      missed.add(callback);
      return;
    }
    callback.run();
    watch.check();
    if (mistake.isPresent()) {
      throw new AssertionError(mode + ": " + mistake.get(), mistake.get());
    }
  }

  void tellSoon(Runnable callback) {
    clock.after(dice.delay(), () -> tell(callback));
  }

  @Override
  public long millis() {
    return clock.now();
  }

  @Override
  public Runnable after(long delay, Runnable action) {
    AtomicBoolean cancelled = new AtomicBoolean();
    clock.after(
        delay,
        () -> {
          if (!cancelled.get()) {
            tell(() -> runUnlessOver(cancelled, action));
          }
        });
    return () -> cancelled.set(true);
  }

  private void runUnlessOver(AtomicBoolean cancelled, Runnable action) {
    if (!cancelled.get() && !over) {
      action.run();
    }
  }
}
