package io.iottunnel.domain.webproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.WebProxy.Scheme;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebProxyUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://proxy.example.com:1234             | HTTP  |          |        | proxy.example.com | 1234
          https://user:p%40ss@proxy:8443            | HTTPS | user     | p@ss   | proxy             | 8443
          http://user:p@ss:w@10.15.20.25:1234       | HTTP  | user     | p@ss:w | 10.15.20.25       | 1234
          http:proxy.example.com:1234               | HTTP  |          |        | proxy.example.com | 1234
          http:username:password@10.15.10.25:1234   | HTTP  | username | password | 10.15.10.25     | 1234
          https:username:password@10.15.10.25:1234  | HTTPS | username | password | 10.15.10.25     | 1234
          proxy.example.com:1234                    | HTTP  |          |        | proxy.example.com | 1234
          user:pw@proxy:1234                        | HTTP  | user     | pw     | proxy             | 1234
          http://[2001:db8::1]:8080/                | HTTP  |          |        | 2001:db8::1       | 8080
          HTTP://PROXY:80                           | HTTP  |          |        | proxy             | 80
          HTTPS:PROXY:80                            | HTTPS |          |        | proxy             | 80
          http://user@proxy:80                      | HTTP  | user     | ''     | proxy             | 80
          http://user:@proxy:80                     | HTTP  | user     | ''     | proxy             | 80
          http://DOMAIN\\me:a+b/c?d#e f@proxy:80    | HTTP  | DOMAIN\\me | a+b/c?d#e f | proxy        | 80
          http://m%C3%BCller:%E2%82%AC@proxy:80     | HTTP  | müller   | €      | proxy             | 80
          http://user:100%25@proxy:80               | HTTP  | user     | 100%   | proxy             | 80
          """)
  void everyFormOfTheTableIsRead(
      String url, Scheme scheme, String user, String password, String host, int port) {
    WebProxyUrl read = WebProxyUrl.parse(url, "HTTPS_PROXY");

    Optional<Credentials> credentials =
        Optional.ofNullable(user).map(name -> new Credentials(name, password));
    assertEquals(new WebProxy(scheme, new HostAndPort(host, port), credentials), read.webProxy());
    assertFalse(read.portAssumed());
  }

  @ParameterizedTest
  @CsvSource({"proxy,proxy", "http://proxy/,proxy", "user:pw@proxy,proxy", "http://[::1],::1"})
  void aMissingPortIsAssumed(String url, String host) {
    WebProxyUrl read = WebProxyUrl.parse(url, "HTTPS_PROXY");

    assertEquals(new HostAndPort(host, 3128), read.webProxy().address());
    assertTrue(read.portAssumed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          socks5://user:hidden@proxy:1080  | SOCKS is not supported yet
          ftp://user:hidden@proxy:21       | scheme must be http or https
          user://hidden@proxy:21           | scheme must be http or https
          http://user:hidden@proxy:0       | port must be a number from 1 to 65535
          http://user:hidden@proxy:65536   | port must be a number
          http://user:hidden@proxy:        | port must be a number
          http://user:hidden@proxy:80a     | port must be a number
          http://user:hidden@proxy:+80     | port must be a number
          http://user:hidden@proxy:٣٤٥     | port must be a number
          http://user:hidden@proxy:80/path | behind the port comes nothing, or '/' alone
          http://user:hidden@proxy/path    | behind the port comes nothing, or '/' alone
          http://user:hidden@proxy:80//    | behind the port comes nothing, or '/' alone
          http://user:hidden@              | host is missing
          http://user:hidden@:80           | host is missing
          http://user:hidden@[::1:80       | bracket '[' is not closed
          http://user:hidden@[::g]:80      | not an IPv6 address
          http://user:hidden@[::1]80       | behind the bracket
          http://user:hidden@2001:db8::1   | more than one ':'
          http://user:hidden@pro xy:80     | a host has only letters
          http://user:hidden@3128          | a number alone is not a host
          http://user:hidden%4@proxy:80    | '%' is not followed by two hexadecimal digits
          http://user:hidden%@proxy:80     | '%' is not followed by two hexadecimal digits
          http://user:hidden%zz@proxy:80   | '%' is not followed by two hexadecimal digits
          http://user:hidden%00@proxy:80   | the password contains a control character
          http://user:hidden%ff@proxy:80   | not UTF-8
          http://us%0aer:hidden@proxy:80   | the user contains a control character
          http://us%3Aer:hidden@proxy:80   | the user must not contain ':'
          http://user%3ahidden@proxy:80    | the user must not contain ':'
          http://:hidden@proxy:80          | the user in front of '@' is missing
          http://user:hidden               | port must be a number
          http:user:hidden                 | port must be a number
          user:hidden                      | port must be a number
          """)
  void aRefusalNamesTheOriginAndTheReasonAndMasksThePassword(String url, String reason) {
    String message = refusal(url);

    assertTrue(message.startsWith("https_proxy: the web proxy '"), message);
    assertTrue(message.contains(reason), message);
    assertFalse(message.contains("hidden"), message);
  }

  @Test
  void aRefusalShowsWhatIsNotSecret() {
    assertTrue(refusal("http://me:hidden@proxy:99999").contains("'http://me:***@proxy:***'"));
  }

  @Test
  void aControlCharacterIsRefusedAndShownEscaped() {
    String message = refusal("http://pro\u001b[2Jxy:80");

    assertTrue(message.contains("control character"), message);
    assertTrue(message.contains("pro\\u001b[2Jxy"), message);
  }

  private static String refusal(String url) {
    return assertThrows(ConfigurationException.class, () -> WebProxyUrl.parse(url, "https_proxy"))
        .getMessage();
  }
}
