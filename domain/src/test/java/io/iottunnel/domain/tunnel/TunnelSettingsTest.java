package io.iottunnel.domain.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TunnelSettingsTest {

  @Test
  void aVariationHasWhatIsChangedAndNothingElse() {
    assertEquals(TunnelSettings.DEFAULTS, TunnelSettings.DEFAULTS.change().build());
    TunnelSettings all =
        new TunnelSettings(
            "x",
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofSeconds(4),
            5,
            Duration.ofSeconds(6),
            false,
            8,
            Duration.ofSeconds(9),
            new WireLimits(10, 10_000, 10_001),
            11,
            12,
            13,
            14,
            Duration.ofSeconds(15),
            Duration.ofSeconds(16),
            Duration.ofSeconds(17),
            Duration.ofSeconds(18));

    assertEquals(
        all,
        TunnelSettings.DEFAULTS
            .change()
            .subprotocol("x")
            .pingPeriod(Duration.ofSeconds(1))
            .serviceIdsLimit(Duration.ofSeconds(2))
            .retryDelay(Duration.ofSeconds(3))
            .longestRetryDelay(Duration.ofSeconds(4))
            .connectRetries(5)
            .steadyAfter(Duration.ofSeconds(6))
            .reconnectOnDataError(false)
            .localRetries(8)
            .localRetryDelay(Duration.ofSeconds(9))
            .wire(new WireLimits(10, 10_000, 10_001))
            .maxConnections(11)
            .sendQueue(12)
            .writeBuffer(13)
            .writeBufferTotal(14)
            .stallLimit(Duration.ofSeconds(15))
            .drainLimit(Duration.ofSeconds(16))
            .halfCloseLinger(Duration.ofSeconds(17))
            .stopLimit(Duration.ofSeconds(18))
            .build());
    assertEquals(all, all.change().build());
  }
}
