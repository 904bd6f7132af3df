package io.iottunnel.domain.webproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.WebProxySelection.Exemption;
import io.iottunnel.domain.webproxy.WebProxySelection.Said;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebProxySelectionTest {

  private static final HostAndPort SERVICE = new HostAndPort("data.example.com", 443);

  @Test
  void theOptionIsStrongerThanEveryVariable() {
    WebProxySelection selection =
        select("option:1", Map.of("https_proxy", "lower:2", "HTTPS_PROXY", "upper:3"));

    assertEquals("option:1", address(selection));
    assertEquals(Optional.of("--web-proxy"), selection.origin());
  }

  @Test
  void theFirstVariableThatIsSetWins() {
    Map<String, String> environment = new HashMap<>();
    List<String> weakestFirst = List.of("ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy");
    for (String variable : weakestFirst) {
      environment.put(variable, "me:hidden@" + variable + ":80");
      WebProxySelection selection = select(environment);

      assertEquals(variable.toLowerCase(Locale.ROOT) + ":80", address(selection));
      assertEquals(Optional.of(variable), selection.origin());
      assertTrue(selection.reason().endsWith(":80, from " + variable), selection.reason());
      assertFalse(selection.toString().contains("hidden"), selection.toString());
    }
  }

  @Test
  void theVariablesOfOtherSchemesSayNothing() {
    WebProxySelection selection = select(Map.of("HTTP_PROXY", "a:1", "http_proxy", "b:2"));

    assertEquals(Optional.empty(), selection.url());
    assertEquals(Optional.empty(), selection.origin());
    assertEquals(
        "No web proxy: none of https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY is set",
        selection.reason());
  }

  @Test
  void anEmptyValueCountsAsSetAndMeansNone() {
    WebProxySelection selection = select(Map.of("HTTPS_PROXY", "upper:1", "https_proxy", " \r"));

    assertEquals(Optional.empty(), selection.url());
    assertEquals("No web proxy: https_proxy is set and empty", selection.reason());
    assertEquals(Optional.empty(), select("", Map.of("https_proxy", "lower:1")).url());
  }

  @Test
  void theOptionCanSayNone() {
    WebProxySelection selection = select("none", Map.of("https_proxy", "lower:1"));

    assertEquals(Optional.empty(), selection.url());
    assertEquals("No web proxy: --web-proxy is none", selection.reason());
  }

  @Test
  void inAVariableNoneIsAHost() {
    assertEquals("none:3128", address(select(Map.of("https_proxy", "none"))));
  }

  @Test
  void whiteSpaceAndCarriageReturnsAroundTheValueAreDropped() {
    assertEquals("proxy:80", address(select(Map.of("https_proxy", "\t http://proxy:80 \r\n"))));
    assertEquals("proxy:80", address(select(" proxy:80\r", Map.of())));
  }

  @Test
  void aRefusalNamesThePlace() {
    ConfigurationException refusal =
        assertThrows(
            ConfigurationException.class, () -> select(Map.of("HTTPS_PROXY", "proxy:none")));

    assertTrue(refusal.getMessage().startsWith("HTTPS_PROXY: "), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALL_PROXY", "all_proxy"})
  void aProxyOfAnotherKindForAllSchemesIsPassedOverWithAWarning(String variable) {
    WebProxySelection selection = select(Map.of(variable, "socks5://me:hidden@proxy:1080"));

    assertEquals(Optional.empty(), selection.url());
    assertEquals(1, selection.warnings().size());
    String warning = selection.warnings().get(0);
    assertTrue(warning.startsWith(variable + ": the web proxy 'socks5://me:***@"), warning);
    assertTrue(warning.contains("SOCKS is not supported yet"), warning);
    assertTrue(warning.endsWith("Connecting directly."), warning);
  }

  @Test
  void aProxyOfAnotherKindIsRefusedWhereItIsSaidOfHttps() {
    assertThrows(
        ConfigurationException.class,
        () -> select(Map.of("https_proxy", "socks5://proxy:1080", "ALL_PROXY", "proxy:80")));
    assertThrows(ConfigurationException.class, () -> select("socks5://proxy:1080", Map.of()));
  }

  @Test
  void otherMistakesAreRefusedInAllProxyToo() {
    assertThrows(ConfigurationException.class, () -> select(Map.of("ALL_PROXY", "http://proxy:0")));
  }

  @Test
  void anExemptServiceIsReachedDirectly() {
    WebProxySelection selection =
        select(Map.of("HTTPS_PROXY", "http://me:hidden@proxy:80", "NO_PROXY", "a,.example.com"));

    assertEquals(Optional.empty(), selection.url());
    assertEquals(Optional.of(new Exemption(".example.com", "NO_PROXY")), selection.exemption());
    assertEquals(
        "No web proxy: '.example.com' in NO_PROXY exempts data.example.com:443 from the web proxy of"
            + " HTTPS_PROXY",
        selection.reason());
  }

  @Test
  void theListInLowerCaseWinsAlsoWhenItIsEmpty() {
    Map<String, String> environment = Map.of("no_proxy", "", "NO_PROXY", "*");

    assertEquals("proxy:80", address(select("proxy:80", environment)));
    assertEquals(
        "no_proxy",
        select("proxy:80", Map.of("no_proxy", "*", "NO_PROXY", "example.com"))
            .exemption()
            .orElseThrow()
            .origin());
  }

  @Test
  void nothingIsExemptByDefault() {
    for (String host : List.of("localhost", "127.0.0.1", "::1", "10.0.0.1")) {
      WebProxySelection selection =
          WebProxySelection.of(
              Optional.of(new Said("proxy:80", "--web-proxy")),
              name -> Optional.empty(),
              new HostAndPort(host, 443));
      assertEquals("proxy:80", address(selection));
    }
  }

  @Test
  void entriesThatCannotBeReadAreWarnedOf() {
    List<String> warnings = select("proxy:80", Map.of("no_proxy", "10.*")).warnings();

    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).startsWith("no_proxy: '10.*' is passed over"), warnings.get(0));
  }

  @Test
  void anAssumedPortIsWarnedOf() {
    assertEquals(
        List.of("No port is given for the web proxy; assuming 3128: https://me:***@proxy:3128"),
        select(Map.of("https_proxy", "https://me:hidden@proxy")).warnings());
  }

  @Test
  void aPasswordInTheClearIsWarnedOf() {
    WebProxySelection selection = select(Map.of("https_proxy", "http://me:hidden@proxy:80"));
    List<String> warnings = selection.warnings();

    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("unencrypted to proxy:80"), warnings.get(0));
    assertFalse(warnings.get(0).contains("hidden"), warnings.get(0));
    assertEquals(
        List.of(),
        selection.with(proxy -> proxy.withAuthentication(Authentication.DIGEST)).warnings());
  }

  @Test
  void aPasswordThatComesLaterIsWarnedOfToo() {
    WebProxySelection selection =
        select(Map.of("https_proxy", "http://proxy:80"))
            .with(proxy -> proxy.withCredentials(new Credentials("me", "hidden")));

    assertEquals(1, selection.warnings().size());
    assertEquals(
        "hidden", selection.url().orElseThrow().webProxy().credentials().orElseThrow().password());
  }

  @Test
  void aWebProxyWithPortAndWithoutPasswordIsNotWarnedOf() {
    assertEquals(List.of(), select(Map.of("https_proxy", "http://proxy:80")).warnings());
  }

  private static WebProxySelection select(Map<String, String> environment) {
    return select(Optional.empty(), environment);
  }

  private static WebProxySelection select(String option, Map<String, String> environment) {
    return select(Optional.of(new Said(option, "--web-proxy")), environment);
  }

  private static WebProxySelection select(Optional<Said> said, Map<String, String> environment) {
    return WebProxySelection.of(said, name -> Optional.ofNullable(environment.get(name)), SERVICE);
  }

  private static String address(WebProxySelection selection) {
    return selection.url().orElseThrow().webProxy().address().toString();
  }
}
