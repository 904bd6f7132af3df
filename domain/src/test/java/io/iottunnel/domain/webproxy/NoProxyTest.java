package io.iottunnel.domain.webproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.WebProxySelection.Exemption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *                    | anything.example  | 443
          *                    | 10.0.0.1          | 443
          example.com          | example.com       | 443
          example.com          | a.b.example.com   | 443
          .example.com         | example.com       | 443
          .example.com         | a.example.com     | 443
          *.example.com        | example.com       | 443
          *.example.com        | a.example.com     | 443
          EXAMPLE.com          | a.Example.COM     | 443
          example.com.         | a.example.com     | 443
          example.com          | a.example.com.    | 443
          localhost            | localhost         | 443
          example.com:8443     | a.example.com     | 8443
          .example.com:8443    | example.com       | 8443
          10.0.0.1             | 10.0.0.1          | 443
          10.0.0.1:8443        | 10.0.0.1          | 8443
          10.0.0.0/8           | 10.255.3.4        | 443
          10.128.0.0/9         | 10.129.0.0        | 443
          0.0.0.0/0            | 192.0.2.1         | 443
          10.0.0.1/32          | 10.0.0.1          | 443
          ::1                  | 0:0:0:0:0:0:0:1   | 443
          2001:DB8::1          | 2001:db8:0:0::1   | 443
          [2001:db8::1]        | 2001:db8::1       | 443
          [2001:db8::1]:8443   | 2001:db8::1       | 8443
          2001:db8::/32        | 2001:db8:ff::7    | 443
          [2001:db8::]/32      | 2001:db8:ff::7    | 443
          ::/0                 | 2001:db8::1       | 443
          fe80::/10            | fe80::1%eth0      | 443
          10.0.0.0/8           | ::ffff:10.1.2.3   | 443
          ::ffff:10.0.0.1      | 10.0.0.1          | 443
          """)
  void everyFormOfTheListExemptsWhatItNames(String entry, String host, int port) {
    assertEquals(Optional.of(new Exemption(entry, "no_proxy")), exemption(entry, host, port));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                   | localhost         | 443
          example.com          | badexample.com    | 443
          .example.com         | badexample.com    | 443
          *.example.com        | badexample.com    | 443
          a.example.com        | example.com       | 443
          example.com:8443     | example.com       | 443
          10.0.0.1             | 10.0.0.11         | 443
          10.0.0.1:8443        | 10.0.0.1          | 443
          10.0.0.0/8           | 11.0.0.1          | 443
          10.128.0.0/9         | 10.127.0.0        | 443
          127.0.0.0/8          | localhost         | 443
          ::1                  | localhost         | 443
          0.1                  | 10.0.0.1          | 443
          ::1                  | ::2               | 443
          2001:db8::/32        | 2001:db9::1       | 443
          ::/0                 | 10.0.0.1          | 443
          0.0.0.0/0            | 2001:db8::1       | 443
          [2001:db8::1]:8443   | 2001:db8::1       | 443
          """)
  void anEntryExemptsNothingElse(String entry, String host, int port) {
    assertEquals(Optional.empty(), exemption(entry, host, port));
  }

  @Test
  void entriesArePartedByCommasAndBlanksInAnyMixture() {
    String list = " a.example, ,b.example\tc.example,,d.example\r\n";

    for (String host : List.of("a.example", "b.example", "c.example", "d.example")) {
      assertEquals(Optional.of(new Exemption(host, "no_proxy")), exemption(list, host, 443));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.0.0.0/33
          10.0.0/8
          10.0.0.0/
          10.0.0.0/-1
          2001:db8::/129
          2001:db8::1::2/64
          example.com/8
          10.*
          *:8443
          <local>
          http://example.com
          [::1
          example.com:https
          1:2:3:4:5:6:7:8:9
          """)
  void whatIsNoneOfTheFormsIsPassedOverAndNamed(String entry) {
    NoProxy list = NoProxy.parse(entry + ",good.example", "NO_PROXY");

    assertEquals(1, list.unreadable().size());
    assertEquals(0, list.unreadable().get(0).indexOf("NO_PROXY: '" + entry + "' is passed over"));
    assertEquals(
        Optional.of(new Exemption("good.example", "NO_PROXY")),
        list.exemptionOf(new HostAndPort("good.example", 443)));
  }

  private static Optional<Exemption> exemption(String list, String host, int port) {
    return NoProxy.parse(list, "no_proxy").exemptionOf(new HostAndPort(host, port));
  }
}
