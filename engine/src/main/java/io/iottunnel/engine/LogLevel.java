package io.iottunnel.engine;

import java.util.Locale;

/** How much a log line matters, the gravest first. */
public enum LogLevel {
  /** The local proxy ends because of this. */
  FATAL(1),
  /** Something does not work, and will not by itself. */
  ERROR(2),
  /** Something that deserves a look; the local proxy goes on. */
  WARNING(3),
  /** The course of things. */
  INFO(4),
  /** Each step on the way. */
  DEBUG(5),
  /** Each message. */
  TRACE(6);

  private final int verbosity;

  LogLevel(int verbosity) {
    this.verbosity = verbosity;
  }

  /**
   * From which verbosity on such lines are written: 1 for {@link #FATAL} to 6 for {@link #TRACE}.
   */
  public int verbosity() {
    return verbosity;
  }

  /** The name as log lines show it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
