package io.iottunnel.domain.tunnel;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The end of it all: from its cause on, nobody new is served, and local connections take their last
 * bytes, for a limited time.
 */
final class Ending {

  private final Duration limit;
  private final Deadlines deadlines;
  private final Connections connections;
  private final Listening listening;
  private final Consumer<Effect> out;
  private Optional<Outcome> outcome = Optional.empty();
  private boolean over;

  Ending(
      Duration limit,
      Deadlines deadlines,
      Connections connections,
      Listening listening,
      Consumer<Effect> out) {
    this.limit = limit;
    this.deadlines = deadlines;
    this.connections = connections;
    this.listening = listening;
    this.out = out;
  }

  /** Its cause; the first one counts. */
  void begin(Outcome cause) {
    if (!hasBegun()) {
      outcome = Optional.of(cause);
      listening.pause();
      deadlines.set(Deadlines.Kind.STOP, limit);
    }
  }

  boolean hasBegun() {
    return outcome.isPresent();
  }

  /** Whether the last bytes are delivered, or given up. */
  boolean isDue() {
    return hasBegun() && !over && connections.isEmpty();
  }

  void finish() {
    over = true;
    deadlines.clear(Deadlines.Kind.STOP);
    listening.giveUp();
    outcome.ifPresent(cause -> out.accept(new Effect.End(cause)));
  }
}
