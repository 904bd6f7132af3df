package io.iottunnel.cli.fuzz;

import io.iottunnel.cli.tuning.Tuning;
import io.iottunnel.domain.ConfigurationException;

/** Any file of settings is taken or refused by its name. */
public final class SettingsFileFuzz {

  private static final FuzzedFile FILE = new FuzzedFile();

  private SettingsFileFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      Tuning.read(FILE.with(input), Promise::isFitToBeRead);
    } catch (ConfigurationException refusal) {
      FILE.isNamedIn(String.valueOf(refusal.getMessage()));
    }
  }
}
