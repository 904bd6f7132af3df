package io.iottunnel.cli.settings;

import io.iottunnel.cli.fuzz.FuzzedFile;
import io.iottunnel.domain.ConfigurationException;

/** Any file of options is taken or refused by its name. */
public final class ConfigFileFuzz {

  private static final FuzzedFile FILE = new FuzzedFile();

  private ConfigFileFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      ConfigFile.read(FILE.with(input));
    } catch (ConfigurationException refusal) {
      FILE.isNamedIn(String.valueOf(refusal.getMessage()));
    }
  }
}
