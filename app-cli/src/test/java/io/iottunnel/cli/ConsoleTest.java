package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  @Test
  void onWindowsVariablesHaveNoCase() {
    Map<String, String> variables = Console.environment(Map.of("Https_Proxy", "p"), "Windows 11");

    assertEquals("p", variables.get("https_proxy"));
    assertEquals("p", variables.get("HTTPS_PROXY"));
  }

  @Test
  void elsewhereTheyHave() {
    Map<String, String> variables = Console.environment(Map.of("HTTPS_PROXY", "p"), "Linux");

    assertEquals("p", variables.get("HTTPS_PROXY"));
    assertNull(variables.get("https_proxy"));
  }
}
