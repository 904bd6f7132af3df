package io.iottunnel.engine.simulation;

import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The service: greets each end, and relays what one says to the other. */
final class Service {

  /** How an end is greeted after its upgrade. */
  enum Greeting {
    SOON,
    LATE,
    NEVER
  }

  private final World world;
  private final Map<Mode, Link> links = new EnumMap<>(Mode.class);
  private final Set<Link> greeted = new HashSet<>();
  private Greeting greeting = Greeting.SOON;
  private boolean answersPings = true;

  Service(World world) {
    this.world = world;
  }

  /** The session of this end, if there is one. */
  Optional<Link> link(Mode mode) {
    return Optional.ofNullable(links.get(mode));
  }

  /** Whether this end has a session and was greeted. */
  boolean isServing(Mode mode) {
    return greeted.contains(links.get(mode));
  }

  void greetsNext(Greeting how) {
    greeting = how;
  }

  void answersPings(boolean answers) {
    answersPings = answers;
  }

  boolean answersPings() {
    return answersPings;
  }

  // What the ends do.

  void opened(Link link) {
    link(link.mode()).ifPresent(old -> old.breaks("it was replaced"));
    links.put(link.mode(), link);
    if (!world.plot.greets()) {
      greeted.add(link);
      return;
    }
    Greeting how = greeting;
    greeting = Greeting.SOON;
    switch (how) {
      case SOON -> world.clock.after(world.dice.delay(), () -> greet(link));
      case LATE -> world.clock.after(world.dice.below(40_000), () -> greet(link));
      case NEVER -> {}
    }
  }

  private void greet(Link link) {
    if (links.get(link.mode()) == link) {
      link.down().says(Message.serviceIds(world.plot.services()));
      greeted.add(link);
    }
  }

  void lost(Link link) {
    links.remove(link.mode(), link);
    greeted.remove(link);
  }

  /** An end has sent a message: the other one hears it, if it is there. */
  void hears(Link from, Message message) {
    Mode other = from.mode() == Mode.SOURCE ? Mode.DESTINATION : Mode.SOURCE;
    if (links.get(from.mode()) != from) {
      return;
    }
    if (isServing(other)) {
      world.relay.apply(message).forEach(links.get(other).down()::says);
    } else {
      world.trace.add(() -> "nobody is there for " + message);
    }
  }

  // What it does by itself.

  /** Says something to an end that has no sense, or sense only to the service. */
  void says(Mode mode, Message message) {
    link(mode)
        .ifPresent(
            link -> {
              world.trace.add(() -> "the service says to the " + mode + ": " + message);
              link.down().says(message);
            });
  }

  void resetsSession(Mode mode) {
    says(mode, Message.of(MessageType.SESSION_RESET, "", 0, 0));
  }
}
