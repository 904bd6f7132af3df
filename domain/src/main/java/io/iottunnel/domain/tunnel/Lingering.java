package io.iottunnel.domain.tunnel;

import java.time.Duration;

/**
 * How long a V3 source waits for the rest of an answer after its client has finished sending: as
 * the settings say, and longer where the way to the service is long.
 */
final class Lingering {

  private static final int ROUND_TRIPS = 4;

  private final Duration atLeast;
  private final Deadlines deadlines;
  private final ConnectionRegister connections;
  private Duration roundTrip = Duration.ZERO;

  Lingering(TunnelSettings settings, Deadlines deadlines, ConnectionRegister connections) {
    this.atLeast = settings.halfCloseLinger();
    this.deadlines = deadlines;
    this.connections = connections;
  }

  /** The round trip of the last ping. */
  void roundTrip(Duration measured) {
    roundTrip = measured;
  }

  /** Something arrived, or the client has just finished: the time begins. */
  void begin(Connection c) {
    Duration ofTheWay = roundTrip.multipliedBy(ROUND_TRIPS);
    deadlines.set(
        Deadlines.Kind.LINGER, c.local, ofTheWay.compareTo(atLeast) > 0 ? ofTheWay : atLeast);
  }

  void end(Connection c) {
    deadlines.clear(Deadlines.Kind.LINGER, c.local);
  }

  /** Frames come again after a time in which none was asked for: all wait for them from now. */
  void beginAnew() {
    connections.all().stream()
        .filter(c -> c.state == ConnectionState.LINGERING)
        .forEach(this::begin);
  }
}
