package io.iottunnel.domain.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireLimitsTest {

  @Test
  void byDefaultAPayloadIsAsLargeAsTheProtocolAllows() {
    assertEquals(Message.MAX_PAYLOAD, WireLimits.DEFAULTS.largestPayload());
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 65536, 65538, 1000",
    "64512, 2048, 65538, 1024",
    "64512, 65536, 2050, 1026",
    "500, 2048, 2050, 500"
  })
  void theNarrowestLimitCounts(int payload, int message, int frame, int largest) {
    assertEquals(largest, new WireLimits(payload, message, frame).largestPayload());
  }

  @ParameterizedTest
  @CsvSource({"0, 65536, 65538", "64513, 65536, 65538", "64512, 1024, 65538", "64512, 65536, 1024"})
  void whatHoldsNoMessageOrMoreThanTheProtocolAllowsIsRefused(int payload, int message, int frame) {
    assertThrows(IllegalArgumentException.class, () -> new WireLimits(payload, message, frame));
  }
}
