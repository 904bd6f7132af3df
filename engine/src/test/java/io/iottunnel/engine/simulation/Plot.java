package io.iottunnel.engine.simulation;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Message;
import io.iottunnel.domain.tunnel.TunnelSettings;
import java.time.Duration;
import java.util.List;

/**
 * What a seed decides before anything happens.
 *
 * @param mood how much goes wrong
 * @param dialect what the source speaks
 * @param subprotocol what the service chooses
 * @param services the services of the tunnel, none for the single unnamed one
 * @param settings those of both ends, small, so that bounds are met soon
 * @param largestFrame the most bytes of a frame of the service
 * @param capacity how many bytes a local connection buffers in each direction
 * @param most how many bytes somebody says at most
 * @param clients how many clients come
 * @param span in how much time they come and things go wrong, in milliseconds
 */
record Plot(
    Mood mood,
    Dialect dialect,
    String subprotocol,
    List<String> services,
    TunnelSettings settings,
    int largestFrame,
    int capacity,
    int most,
    int clients,
    int span) {

  /** The least pieces that the most talkative need, so that a seed is told in a millisecond. */
  private static final int PIECES = 60;

  /** How much goes wrong. */
  enum Mood {
    /** Nothing: everything only comes in pieces, late, and in an order of its own. */
    CALM,
    /** Connections, processes and people. */
    ROUGH,
    /** And the service is out of its mind. */
    MAD,
    /** And in the middle of it the tunnel is closed. */
    FINAL
  }

  static Plot of(Dice dice) {
    Mood mood = dice.oneOf(List.of(Mood.CALM, Mood.ROUGH, Mood.ROUGH, Mood.MAD, Mood.MAD));
    if (dice.onceIn(15)) {
      mood = Mood.FINAL;
    }
    Dialect dialect = dice.onceIn(2) ? Dialect.V3 : dice.oneOf(List.of(Dialect.values()));
    boolean large = dice.onceIn(25);
    boolean oldest = dice.onceIn(12);
    List<String> services = services(dice, dialect, oldest);
    int largestFrame = large ? 100_000 : dice.oneOf(List.of(1, 7, 60, 400, 4_000));
    int capacity = large ? 100_000 : dice.oneOf(List.of(16, 50, 300, 3_000));
    int most = large ? 200_000 : dice.oneOf(List.of(60, 400, 3_000));
    return new Plot(
        mood,
        dialect,
        "aws.iot.securetunneling-" + (oldest ? 1 : dice.onceIn(12) ? 2 : 3) + ".0",
        services,
        settings(dice, mood, large),
        largestFrame,
        capacity,
        Math.min(most, PIECES * Math.min(largestFrame, capacity)),
        dice.between(1, large ? 4 : 8),
        dice.oneOf(List.of(1_000, 20_000, 200_000)));
  }

  private static List<String> services(Dice dice, Dialect dialect, boolean oldest) {
    if (oldest || dice.onceIn(12)) {
      return List.of();
    }
    return dialect == Dialect.V1 || dice.onceIn(2) ? List.of("SSH1") : List.of("SSH1", "WEB");
  }

  private static TunnelSettings settings(Dice dice, Mood mood, boolean large) {
    int one = large ? 50_000 : dice.oneOf(List.of(1, 100, 1_000));
    return TunnelSettings.DEFAULTS
        .change()
        .writeBuffer(one)
        .writeBufferTotal(one + (long) dice.below(one + 1))
        .sendQueue(dice.oneOf(List.of(1, 2, 16)) * Message.MAX_PAYLOAD)
        .maxConnections(mood == Mood.CALM ? 128 : dice.between(2, 6))
        .localRetries(dice.below(3))
        .localRetryDelay(Duration.ofMillis(dice.oneOf(List.of(1, 100, 2_500))))
        .build();
  }

  /** The names by which the service greets, or by which it is known where it has none. */
  List<String> names() {
    return services.isEmpty() ? List.of("") : services;
  }

  /** The service that a message means: without a name, the only one. */
  String serviceOf(ServiceId onTheWire) {
    return onTheWire.isUnnamed() && services.size() == 1 ? services.get(0) : onTheWire.name();
  }

  /** What the source speaks under the subprotocol that was chosen. */
  Dialect spoken() {
    if (dialect == Dialect.V3 && subprotocol.endsWith("-2.0")) {
      return Dialect.V2;
    }
    return greets() ? dialect : Dialect.V1;
  }

  /** Whether the service greets by SERVICE_IDS. */
  boolean greets() {
    return !subprotocol.endsWith("-1.0");
  }
}
