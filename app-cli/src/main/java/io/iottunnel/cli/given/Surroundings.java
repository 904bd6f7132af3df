package io.iottunnel.cli.given;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What settings are read from beside the command line.
 *
 * @param environment the value of an environment variable, by its name
 * @param in standard input, which a secret may come from
 * @param directory where the user stands
 */
public record Surroundings(
    Function<String, Optional<String>> environment, InputStream in, Path directory) {

  /** The value of an environment variable. */
  public Optional<String> variable(String name) {
    return environment.apply(name);
  }
}
