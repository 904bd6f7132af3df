package io.iottunnel.cli.settings;

import io.iottunnel.cli.given.Given;

/** Reads what is logged, and how. */
final class LogReader {

  private LogReader() {}

  static LogSettings read(Layers layers) {
    return new LogSettings(
        layers
            .find(Option.VERBOSE)
            .map(LogReader::verbosity)
            .orElse(LogSettings.DEFAULTS.verbosity()),
        layers
            .find(Option.LOG_FORMAT)
            .map(LogReader::format)
            .orElse(LogSettings.DEFAULTS.format()));
  }

  private static int verbosity(Given given) {
    if (!given.value().matches("\\d{1,3}") || Integer.parseInt(given.value()) > 255) {
      throw given.refused("a number from 0 (nothing) to 255 is expected, 4 is usual");
    }
    return Integer.parseInt(given.value());
  }

  private static LogFormat format(Given given) {
    return switch (given.value()) {
      case "text" -> LogFormat.TEXT;
      case "json" -> LogFormat.JSON;
      default -> throw given.refused("text or json is expected");
    };
  }
}
