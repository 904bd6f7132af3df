package io.iottunnel.cli.fuzz;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.ServiceMapping;
import java.nio.charset.StandardCharsets;

/** Any text is a mapping or refused; one that is taken is read back from its own text. */
public final class ServiceMappingFuzz {

  private ServiceMappingFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      ServiceMapping mapping = ServiceMapping.ofApplications(text, "fuzz");
      ServiceMapping again = ServiceMapping.ofApplications(mapping.toString(), "fuzz");
      Promise.keep(mapping.equals(again), mapping + " is read back as " + again);
    } catch (ConfigurationException refusal) {
      Promise.isFitToBeRead(String.valueOf(refusal.getMessage()));
    }
    try {
      ServiceMapping.ofListeners(text, "fuzz", "localhost");
    } catch (ConfigurationException refusal) {
      Promise.isFitToBeRead(String.valueOf(refusal.getMessage()));
    }
  }
}
