package io.iottunnel.engine.simulation;

import io.iottunnel.domain.Mode;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong around the local proxies: connections, processes, people, and time. */
final class Mischief {

  /** Something that may go wrong. */
  record Deed(String what, Runnable how) {}

  private static final List<Mode> MODES = List.of(Mode.values());

  private final World world;
  private final Dice dice;
  private final List<Deed> deeds = new ArrayList<>();

  Mischief(World world) {
    this.world = world;
    this.dice = world.dice;
    if (world.plot.mood() != Plot.Mood.CALM) {
      connections();
      receptions();
      processes();
      people();
    }
    if (world.plot.mood() == Plot.Mood.MAD) {
      new Madness(world).addTo(deeds);
    }
  }

  /** One thing goes wrong, if anything does in this story. */
  void happens() {
    if (!deeds.isEmpty()) {
      Deed deed = dice.oneOf(deeds);
      world.trace.add(() -> "*** " + deed.what());
      deed.how().run();
    }
  }

  private void add(String what, Runnable how) {
    deeds.add(new Deed(what, how));
  }

  private Mode mode() {
    return dice.oneOf(MODES);
  }

  private void connections() {
    add("a link is cut", () -> world.service.link(mode()).ifPresent(l -> l.breaks("cut")));
    add("a link falls silent", () -> world.service.link(mode()).ifPresent(Link::fallsSilent));
    add("an end is not read for a time", () -> world.service.link(mode()).ifPresent(this::stallUp));
    add(
        "an end hears nothing for a time",
        () -> world.service.link(mode()).ifPresent(this::stallDown));
    add("the service closes", () -> world.service.link(mode()).ifPresent(this::close));
    add(
        "pings are not answered for a time",
        () -> {
          world.service.answersPings(false);
          world.clock.after(dice.below(200_000), () -> world.service.answersPings(true));
        });
  }

  private void stallUp(Link link) {
    link.up().stalls();
    world.clock.after(dice.below(100_000), () -> link.up().flows());
  }

  private void stallDown(Link link) {
    link.down().stalls();
    world.clock.after(dice.below(40_000), () -> link.down().flows());
  }

  private void close(Link link) {
    link.down().closes(dice.oneOf(List.of(1001, 1011, 1012, 4000)), "restart");
  }

  private void receptions() {
    for (Gate.Answer answer :
        List.of(
            Gate.Answer.UNREACHABLE,
            Gate.Answer.SILENCE,
            Gate.Answer.STATUS_503,
            Gate.Answer.RETRY_LATER,
            Gate.Answer.CUT)) {
      add(
          "the next sessions end in " + answer,
          () -> {
            world.gate.answer(answer, dice.between(1, 4));
            world.service.link(mode()).ifPresent(l -> l.breaks("cut"));
          });
    }
    add("the next greeting is late", () -> greetsNext(Service.Greeting.LATE));
    add("the next greeting never comes", () -> greetsNext(Service.Greeting.NEVER));
    add("a session is reset", () -> world.service.resetsSession(mode()));
    add("both sessions are reset", () -> MODES.forEach(world.service::resetsSession));
  }

  private void greetsNext(Service.Greeting how) {
    world.service.greetsNext(how);
    world.service.link(mode()).ifPresent(l -> l.breaks("cut"));
  }

  private void processes() {
    add("a process is killed, and started again", () -> restart(mode()));
    add(
        "a process is suspended",
        () -> {
          long time = dice.oneOf(List.of(100, 10_000, 90_000));
          ProxyProcess process = world.process(mode());
          process.sleep(time);
        });
  }

  private void restart(Mode mode) {
    if (world.process(mode).isAlive()) {
      world.process(mode).kill();
      world.clock.after(dice.below(10_000), () -> startAgain(mode));
    }
  }

  private void startAgain(Mode mode) {
    if (mode == Mode.SOURCE) {
      world.conversation.namesComeAgain();
    }
    world.starts(mode);
  }

  private void people() {
    add("applications refuse", () -> world.applications.refuse(dice.between(1, 4)));
    add("applications hang", () -> world.applications.hang(dice.between(1, 3)));
    add("somebody breaks off", () -> somebody().forEach(t -> t.near.breaks()));
    add("somebody leaves", () -> somebody().forEach(Talker::leaves));
  }

  /** One who talks, if anybody does. */
  private List<Talker> somebody() {
    List<Talker> talking = world.conversation.talking();
    return talking.isEmpty() ? List.of() : List.of(dice.oneOf(talking));
  }
}
