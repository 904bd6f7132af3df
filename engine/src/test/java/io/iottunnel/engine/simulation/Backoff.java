package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.tunnel.TunnelSettings;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * How often one local proxy may try to reconnect: before each attempt it draws a delay below a
 * bound that doubles with each failure in a row.
 */
final class Backoff {

  private final TunnelSettings settings;
  private Set<Integer> failures = Set.of(0);
  private long upSince = Long.MAX_VALUE;
  private boolean mayDial = true;
  private long drawnBelow = -1;
  private long drawn = -1;

  Backoff(TunnelSettings settings) {
    this.settings = settings;
  }

  void dials() {
    assertTrue(mayDial, "dials without having waited");
    mayDial = false;
  }

  void sessionUp(long now) {
    upSince = now;
  }

  void draws(long bound, long value) {
    drawnBelow = bound;
    drawn = value;
  }

  /**
   * It says that it will try again.
   *
   * @param slept whether it slept during its session, so that nobody can say how long that was
   */
  void waits(Duration delay, long now, boolean slept) {
    boolean lasted = upSince <= now - settings.steadyAfter().toMillis();
    upSince = Long.MAX_VALUE;
    mayDial = true;
    Set<Integer> possible = new TreeSet<>();
    if (lasted) {
      possible.add(0);
    }
    if (!lasted || slept) {
      failures.forEach(count -> possible.add(count + 1));
    }
    possible.removeIf(count -> boundAfter(count) != drawnBelow);
    assertFalse(possible.isEmpty(), () -> drawnBelow + " ms after " + failures + " failures");
    failures = possible;
    assertTrue(delay.toMillis() >= drawn, "waits less than was drawn");
  }

  private long boundAfter(int count) {
    long first = settings.retryDelay().toMillis();
    int doublings = Math.min(20, Math.max(0, count - 1));
    return Math.min(settings.longestRetryDelay().toMillis(), first << doublings);
  }
}
