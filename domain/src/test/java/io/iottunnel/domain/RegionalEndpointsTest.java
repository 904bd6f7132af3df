package io.iottunnel.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionalEndpointsTest {

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, data.tunneling.iot.eu-west-1.amazonaws.com:443",
    "us-gov-west-1, data.tunneling.iot.us-gov-west-1.amazonaws.com:443",
    "cn-north-1, data.tunneling.iot.cn-north-1.amazonaws.com.cn:443"
  })
  void aRegionHasItsEndpoint(String region, String endpoint) {
    assertEquals(endpoint, RegionalEndpoints.USUAL.of(region, "-r").toString());
  }

  @Test
  void aFormatOfTheUsersOwnIsTakenAsItIs() {
    RegionalEndpoints own = new RegionalEndpoints("iot-%s.example.com", Map.of());

    assertEquals("iot-cn-north-1.example.com:443", own.of("cn-north-1", "-r").toString());
  }

  @Test
  void aRegionCanBeElsewhere() {
    RegionalEndpoints own =
        new RegionalEndpoints(
            RegionalEndpoints.USUAL.format(),
            Map.of("eu-west-1", new HostAndPort("vpce.example.com", 8443)));

    assertEquals("vpce.example.com:8443", own.of("eu-west-1", "-r").toString());
    assertEquals(
        "data.tunneling.iot.eu-west-2.amazonaws.com:443", own.of("eu-west-2", "-r").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host.example.com", "%s.%s.example.com", "%d.%s", "%s:443", "%s/x"})
  void whatIsNoHostWithOnePlaceForTheRegionIsNoFormat(String format) {
    assertThrows(IllegalArgumentException.class, () -> new RegionalEndpoints(format, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "EU-WEST-1", "eu west", "eu.evil.com/", "eu-west-1\n"})
  void whatIsNoRegionIsRefused(String region) {
    String message =
        assertThrows(ConfigurationException.class, () -> RegionalEndpoints.USUAL.of(region, "-r"))
            .getMessage();
    assertTrue(message.startsWith("-r: '"), message);
    assertEquals(1, message.lines().count());
  }
}
