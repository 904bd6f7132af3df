package io.iottunnel.cli.settings;

import io.iottunnel.engine.LogLevel;

/**
 * What is logged, and how.
 *
 * @param verbosity 0 to 255, as {@link LogLevel#verbosity} counts
 */
public record LogSettings(int verbosity, LogFormat format) {

  /** What holds while nothing is known of the user's wishes. */
  public static final LogSettings DEFAULTS =
      new LogSettings(LogLevel.INFO.verbosity(), LogFormat.TEXT);
}
