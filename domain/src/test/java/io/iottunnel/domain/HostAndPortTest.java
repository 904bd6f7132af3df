package io.iottunnel.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAndPortTest {

  @ParameterizedTest
  @CsvSource({
    "proxy.example.com, proxy.example.com:80, false, false",
    "10.0.0.1, 10.0.0.1:80, true, false",
    "10.0.0.1.example, 10.0.0.1.example:80, false, false",
    "2001:db8::1, [2001:db8::1]:80, true, true"
  })
  void anAddressIsNoName(String host, String authority, boolean literal, boolean ipv6) {
    HostAndPort address = new HostAndPort(host, 80);

    assertEquals(authority, address.toString());
    assertEquals(literal, address.isIpLiteral());
    assertEquals(ipv6, address.isIpv6Literal());
  }

  @Test
  void aHostIsNeededAndAPortHas16Bits() {
    assertThrows(IllegalArgumentException.class, () -> new HostAndPort("", 80));
    assertThrows(IllegalArgumentException.class, () -> new HostAndPort("h", -1));
    assertThrows(IllegalArgumentException.class, () -> new HostAndPort("h", 65_536));
    assertEquals(0, new HostAndPort("h", 0).port());
    assertEquals(65_535, new HostAndPort("h", 65_535).port());
  }
}
