package io.iottunnel.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyEndpointTest {

  @ParameterizedTest
  @CsvSource({
    "data.example.com, data.example.com:443",
    "data.example.com:8443, data.example.com:8443",
    "10.0.0.1:1, 10.0.0.1:1",
    "[::1]:8443, [::1]:8443",
    "[::1], [::1]:443"
  })
  void anEndpointIsReadWithItsPortOr443(String text, String endpoint) {
    assertEquals(endpoint, ProxyEndpoint.parse(text, "-e").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'', the host is missing",
    "8443, a number alone",
    "host:0, from 1 to 65535",
    "host:x, must be a number",
    "host:65536, must be a number",
    "wss://host, more than one|a host has only|must be a number",
    "::1, more than one ':'"
  })
  void whatIsNoEndpointIsRefused(String text, String reason) {
    String message =
        assertThrows(ConfigurationException.class, () -> ProxyEndpoint.parse(text, "-e"))
            .getMessage();
    assertTrue(message.startsWith("-e: '" + text + "' is not HOST or HOST:PORT: "), message);
    assertTrue(message.matches(".*(" + reason + ").*"), message);
  }
}
