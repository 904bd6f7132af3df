package io.iottunnel.domain.tunnel;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether the link to the service lives. Missing pongs count only once a pong was seen in this
 * session (the service may answer none until both ends are connected), and only while it is not we
 * who do not read.
 */
final class LinkWatch {

  private static final int PERIODS = 3;

  private final long period;
  private long lastPing;
  private long pingedAt;
  private boolean pongSeen;
  private long lastSign;

  LinkWatch(Duration period) {
    this.period = period.toMillis();
  }

  /** A new session begins. */
  void up(long now) {
    pongSeen = false;
    lastSign = now;
  }

  /** Something arrived, or reading begins again. */
  void alive(long now) {
    lastSign = now;
  }

  /** The number of the ping to send now. */
  long ping(long now) {
    pingedAt = now;
    return ++lastPing;
  }

  /** Takes a pong; gives the round trip in milliseconds if it answers the last ping. */
  Optional<Long> pong(long number, long now) {
    lastSign = now;
    if (number != lastPing || lastPing == 0) {
      return Optional.empty();
    }
    pongSeen = true;
    return Optional.of(now - pingedAt);
  }

  boolean isDead(long now, boolean reading) {
    if (!reading) {
      lastSign = now;
    }
    return pongSeen && silence(now) >= PERIODS * period;
  }

  /** Milliseconds since the last sign of life. */
  long silence(long now) {
    return now - lastSign;
  }
}
