package io.iottunnel.domain.webproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebProxySelectionTest {

  @Test
  void theLowerCaseVariableWins() {
    WebProxySelection selection =
        select(Map.of("HTTPS_PROXY", "upper:1", "https_proxy", "me:hidden@lower:2"));

    assertEquals("lower:2", address(selection));
    assertEquals("Web proxy http://me:***@lower:2, from https_proxy", selection.reason());
  }

  @Test
  void theUpperCaseVariableIsTakenWhereThereIsNoOther() {
    assertEquals("upper:1", address(select(Map.of("HTTPS_PROXY", "upper:1"))));
  }

  @Test
  void theVariablesOfOtherSchemesSayNothing() {
    WebProxySelection selection = select(Map.of("HTTP_PROXY", "a:1", "http_proxy", "b:2"));

    assertEquals(Optional.empty(), selection.url());
    assertEquals("No web proxy: none of https_proxy, HTTPS_PROXY is set", selection.reason());
  }

  @Test
  void anEmptyValueCountsAsSetAndMeansNone() {
    WebProxySelection selection = select(Map.of("HTTPS_PROXY", "upper:1", "https_proxy", " \r"));

    assertEquals(Optional.empty(), selection.url());
    assertEquals("No web proxy: https_proxy is set and empty", selection.reason());
  }

  @Test
  void whiteSpaceAndCarriageReturnsAroundTheValueAreDropped() {
    assertEquals("proxy:80", address(select(Map.of("https_proxy", "\t http://proxy:80 \r\n"))));
  }

  @Test
  void aRefusalNamesTheVariable() {
    ConfigurationException refusal =
        assertThrows(
            ConfigurationException.class, () -> select(Map.of("HTTPS_PROXY", "proxy:none")));

    assertTrue(refusal.getMessage().startsWith("HTTPS_PROXY: "), refusal.getMessage());
  }

  @Test
  void anAssumedPortIsWarnedOf() {
    assertEquals(
        List.of("No port is given for the web proxy; assuming 3128: https://me:***@proxy:3128"),
        select(Map.of("https_proxy", "https://me:hidden@proxy")).warnings());
  }

  @Test
  void aPasswordInTheClearIsWarnedOf() {
    List<String> warnings = select(Map.of("https_proxy", "http://me:hidden@proxy:80")).warnings();

    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("unencrypted to proxy:80"), warnings.get(0));
    assertFalse(warnings.get(0).contains("hidden"), warnings.get(0));
  }

  @Test
  void aWebProxyWithPortAndWithoutPasswordIsNotWarnedOf() {
    assertEquals(List.of(), select(Map.of("https_proxy", "http://proxy:80")).warnings());
  }

  private static WebProxySelection select(Map<String, String> environment) {
    return WebProxySelection.from(name -> Optional.ofNullable(environment.get(name)));
  }

  private static String address(WebProxySelection selection) {
    return selection.url().orElseThrow().webProxy().address().toString();
  }
}
