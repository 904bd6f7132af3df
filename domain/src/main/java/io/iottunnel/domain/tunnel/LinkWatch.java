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

  private final long period;
  private final Deadlines deadlines;
  private final Consumer<Effect> out;
  private long lastPing;
  private long lastPingBefore;
  private long pingedAt;
  private boolean pongSeen;
  private long lastSign;

  LinkWatch(Duration period, Deadlines deadlines, Consumer<Effect> out) {
    this.period = period.toMillis();
    this.deadlines = deadlines;
    this.out = out;
  }

  /** A session begins. */
  void up(long now) {
    pongSeen = false;
    lastPingBefore = lastPing;
    lastSign = now;
    deadlines.set(Deadlines.Kind.PING, now + period);
  }

  /** The session is over. */
  void down() {
    deadlines.clear(Deadlines.Kind.PING);
  }

  /** Something arrived, or reading begins again. */
  void alive(long now) {
    lastSign = now;
  }

  /** Takes a pong; gives the round trip in milliseconds if it answers the last ping. */
  Optional<Long> pong(long number, long now) {
    lastSign = now;
    boolean isOurs = number > lastPingBefore && number <= lastPing;
    pongSeen |= isOurs;
    return isOurs && number == lastPing ? Optional.of(now - pingedAt) : Optional.empty();
  }

  /** A period is over: pings, unless the link is dead; then says why it is. */
  Optional<String> due(long now, boolean reading) {
    if (!reading) {
      lastSign = now;
    }
    long silence = now - lastSign;
    if (pongSeen && silence >= PERIODS * period) {
      return Optional.of("the service has sent nothing, not even a pong, for " + silence + " ms");
    }
    pingedAt = now;
    out.accept(new Effect.SendPing(++lastPing));
    deadlines.set(Deadlines.Kind.PING, now + period);
    return Optional.empty();
  }
}
