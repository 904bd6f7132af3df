package io.iottunnel.domain.webproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.WebProxy.Scheme;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WebProxyUrlPropertyTest {

  /** Occurs in nothing but passwords here. */
  private static final String SECRET = "S3cr3t";

  @Property
  void whatIsPrintedIsReadBack(@ForAll("webProxies") WebProxy webProxy) {
    assertEquals(new WebProxyUrl(webProxy, false), WebProxyUrl.parse(print(webProxy), "test"));
  }

  @Property
  void theDisplayedFormNeverHasThePassword(@ForAll("webProxies") WebProxy webProxy) {
    WebProxy secret =
        new WebProxy(
            webProxy.scheme(),
            webProxy.address(),
            webProxy.credentials().map(c -> new Credentials(c.user(), SECRET + c.password())));

    assertFalse(secret.toString().contains(SECRET));
    assertFalse(secret.credentials().toString().contains(SECRET));
  }

  @Property(tries = 5000)
  void noRefusalTellsWhatStoodInThePlaceOfThePassword(
      @ForAll("schemes") String scheme,
      @ForAll("pieces") String user,
      @ForAll("pieces") String before,
      @ForAll("pieces") String behind,
      @ForAll("pieces") String address) {
    String url = scheme + user + ":" + before + SECRET + behind + "@" + address;
    try {
      assertFalse(WebProxyUrl.parse(url, "test").toString().contains(SECRET), url);
    } catch (ConfigurationException e) {
      assertFalse(e.getMessage().contains(SECRET), url);
      assertTrue(e.getMessage().startsWith("test: "), e.getMessage());
    }
  }

  @Property(tries = 5000)
  void anyTextIsAWebProxyOrRefused(@ForAll("anything") String text) {
    try {
      WebProxy read = WebProxyUrl.parse(text, "test").webProxy();
      assertTrue(read.address().port() > 0, text);
      read.credentials().ifPresent(credentials -> assertFalse(credentials.user().isEmpty(), text));
    } catch (ConfigurationException e) {
      assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
    }
  }

  @Provide
  Arbitrary<WebProxy> webProxies() {
    Arbitrary<String> hosts =
        Arbitraries.oneOf(
            Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(20)
                .map(name -> name + ".example"),
            Arbitraries.of("10.0.0.1", "::1", "2001:db8::7", "fe80::1%eth0", "proxy_1"));
    Arbitrary<Credentials> credentials =
        Combinators.combine(
                texts().filter(user -> !user.isEmpty() && user.indexOf(':') < 0), texts())
            .as(Credentials::new);
    return Combinators.combine(
            Arbitraries.of(Scheme.class),
            hosts,
            Arbitraries.integers().between(1, 65535),
            credentials.optional())
        .as(
            (scheme, host, port, given) ->
                new WebProxy(scheme, new HostAndPort(host, port), given));
  }

  /** Any text that can travel in UTF-8, without control characters. */
  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .all()
        .excludeChars('\u0000')
        .ofMaxLength(20)
        .filter(
            text ->
                text.codePoints()
                    .noneMatch(
                        c ->
                            Character.isISOControl(c)
                                || Character.getType(c) == Character.SURROGATE));
  }

  @Provide
  Arbitrary<String> schemes() {
    return Arbitraries.of(
        "", "http://", "https://", "http:", "HTTPS:", "socks5://", "http:/", "x:");
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.strings().withChars("ab1:/@%[].4\n\u0000 ").ofMaxLength(8);
  }

  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(60),
        Arbitraries.of("http", "https", ":", "//", "@", "%", "4", "[", "]", "::1", "host", "\r")
            .list()
            .ofMaxSize(12)
            .map(parts -> String.join("", parts)));
  }

  private static String print(WebProxy webProxy) {
    return webProxy.scheme().text()
        + "://"
        + webProxy
            .credentials()
            .map(c -> encoded(c.user()) + ":" + encoded(c.password()) + "@")
            .orElse("")
        + webProxy.address();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
