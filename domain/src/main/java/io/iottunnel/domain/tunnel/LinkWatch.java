package io.iottunnel.domain.tunnel;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Pings, and whether the link to the service lives. Missing pongs count only once a pong was seen
 * in this session (the service may answer none until both ends are connected), and only while it is
 * not we who do not read.
 */
final class LinkWatch {

  private static final int PERIODS = 3;

  private final Duration period;
  private final Deadlines deadlines;
  private final Consumer<Effect> out;
  private long lastPing;
  private long lastPingBefore;
  private long pingedAt;
  private boolean pongSeen;
  private long lastSign;

  LinkWatch(Duration period, Deadlines deadlines, Consumer<Effect> out) {
    this.period = period;
    this.deadlines = deadlines;
    this.out = out;
  }

  /** A session begins. */
  void up() {
    pongSeen = false;
    lastPingBefore = lastPing;
    lastSign = deadlines.now();
    deadlines.set(Deadlines.Kind.PING, period);
  }

  /** The session is over. */
  void down() {
    deadlines.clear(Deadlines.Kind.PING);
  }

  /** Something arrived, or reading begins again. */
  void alive() {
    lastSign = deadlines.now();
  }

  /** Takes a pong; gives the round trip if it answers the last ping. */
  Optional<Duration> pong(long number) {
    lastSign = deadlines.now();
    boolean isOurs = number > lastPingBefore && number <= lastPing;
    pongSeen |= isOurs;
    return isOurs && number == lastPing
        ? Optional.of(Duration.ofMillis(deadlines.now() - pingedAt))
        : Optional.empty();
  }

  /** A period is over: pings, unless the link is dead; then says why it is. */
  Optional<String> due(boolean reading) {
    long now = deadlines.now();
    if (!reading) {
      lastSign = now;
    }
    long silence = now - lastSign;
    if (pongSeen && silence >= PERIODS * period.toMillis()) {
      return Optional.of("the service has sent nothing, not even a pong, for " + silence + " ms");
    }
    pingedAt = now;
    out.accept(new Effect.SendPing(++lastPing));
    deadlines.set(Deadlines.Kind.PING, period);
    return Optional.empty();
  }
}
