package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Mode;
import io.iottunnel.domain.tunnel.Outcome;
import java.util.List;

/**
 * One story of a whole tunnel: two local proxies with everything around them, from one seed. What
 * is promised of them is checked while it happens and at its end, and the first breach fails it.
 */
final class Simulation {

  private static final List<Mode> MODES = List.of(Mode.values());
  private static final int LONG = 300_000;

  /** Longer than TCP needs to give up a connection that is dead. */
  private static final int VERY_LONG = 1_200_000;

  private static final int MANY = 200_000;

  private final World world;
  private final Clock clock;
  private final Dice dice;
  private final Plot plot;
  private final Mischief mischief;

  private Simulation(long seed, World.Relay relay, boolean traced) {
    this.dice = new Dice(seed);
    this.world = new World(dice, relay, traced);
    this.clock = world.clock;
    this.plot = world.plot;
    this.mischief = new Mischief(world);
  }

  /** Runs the story of a seed; it is of no interest how it went, only that it went well. */
  static void run(long seed) {
    run(seed, List::of);
  }

  /** Runs the story of a seed with a service that relays in its own way. */
  static void run(long seed, World.Relay relay) {
    new Simulation(seed, relay, false).run();
  }

  /** Runs the story of a seed once more, and tells it. */
  static Told tell(long seed) {
    Simulation simulation = new Simulation(seed, List::of, true);
    try {
      simulation.run();
    } catch (AssertionError | RuntimeException breach) {
      simulation.world.trace.add(() -> "!!! " + breach.getMessage());
    }
    return new Told(simulation.world.trace.lines());
  }

  /** What happened, line by line. */
  record Told(List<String> lines) {}

  private void run() {
    begins();
    passes(plot.span());
    becomesReasonable();
    everybodyLeaves();
    if (plot.mood() == Plot.Mood.FINAL) {
      isClosed();
    } else {
      stillServes();
      stops();
    }
  }

  private void begins() {
    MODES.forEach(world::starts);
    int quiet = plot.mood() == Plot.Mood.CALM ? 20_000 : 0;
    for (int i = 0; i < plot.clients(); i++) {
      clock.after(quiet + dice.below(plot.span()), this::clientComes);
      clock.after(1 + dice.below(plot.span()), mischief::happens);
    }
    if (plot.mood() == Plot.Mood.FINAL) {
      clock.after(dice.below(plot.span()), this::tunnelIsClosed);
    }
  }

  private void clientComes() {
    world.process(Mode.SOURCE).local.client(dice.oneOf(plot.names()), world.manners());
  }

  private void tunnelIsClosed() {
    world.trace.add(() -> "*** the tunnel is closed");
    world.gate.shut();
    MODES.forEach(m -> world.service.link(m).ifPresent(l -> l.down().closes(1000, "closed")));
  }

  private void passes(long time) {
    long until = clock.now() + time;
    int steps = 0;
    while (clock.step(until)) {
      assertTrue(++steps < MANY, "it never comes to rest");
    }
  }

  /** Whatever is wrong is over, and everybody listens: what was said before is heard. */
  private void becomesReasonable() {
    world.trace.add(() -> "--- everybody becomes reasonable");
    world.becomesReasonable();
    world.gate.open();
    world.applications.accept();
    world.service.greetsNext(Service.Greeting.SOON);
    world.service.answersPings(true);
    MODES.forEach(mode -> world.process(mode).wake());
    world.conversation.all().forEach(Talker::becomesReasonable);
    passes(VERY_LONG);
    if (plot.mood() == Plot.Mood.CALM) {
      world.conversation.checkThatThePoliteHeardEachOther();
    }
  }

  private void everybodyLeaves() {
    world.trace.add(() -> "--- everybody leaves");
    world.conversation.all().forEach(Talker::leaves);
    passes(LONG);
    world.conversation.checkThatAllIsOver();
    world.conversation.checkThatEverythingWasHeard();
  }

  /** It has not gone deaf: a client of each service is served. */
  private void stillServes() {
    for (Mode mode : MODES) {
      assertEquals(null, world.process(mode).outcome().orElse(null), mode + " is over");
    }
    assertTrue(world.isServing(), "an end has no session");
    if (plot.mood() == Plot.Mood.MAD) {
      MODES.forEach(world.service::resetsSession);
      passes(LONG);
    }
    world.conversation.isAmongThemselves();
    for (String service : plot.names()) {
      int before = world.conversation.all().size();
      world.trace.add(() -> "--- one more client of " + service);
      world.process(Mode.SOURCE).local.client(service, world.manners());
      passes(LONG);
      List<Talker> all = world.conversation.all();
      assertEquals(before + 2, all.size(), "a client of " + service + " is not served");
      for (Talker talker : all.subList(before, all.size())) {
        assertTrue(talker.partner() != null, () -> talker + " heard nobody");
        assertEquals(talker.partner().total(), talker.heard(), () -> talker + " hears all");
      }
    }
  }

  private void stops() {
    for (Mode mode : MODES) {
      world.process(mode).stop();
      passes(LONG);
      assertEquals(new Outcome.Stopped(), outcome(mode));
    }
  }

  private void isClosed() {
    for (Mode mode : MODES) {
      Outcome outcome = outcome(mode);
      if (!(outcome instanceof Outcome.Failed)) {
        assertInstanceOf(Outcome.TunnelClosed.class, outcome);
      }
    }
  }

  private Outcome outcome(Mode mode) {
    return world
        .process(mode)
        .outcome()
        .orElseThrow(() -> new AssertionError("the " + mode + " does not end"));
  }
}
