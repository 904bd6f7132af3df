package io.iottunnel.cli.log;

import io.iottunnel.engine.LogLevel;
import java.time.Instant;

/** How an entry of the log becomes a line. Thread-safe. */
public interface LineFormat {

  /**
   * Writes one entry.
   *
   * @param line is added to; the end of the line is not this format's
   * @param text may have several lines
   */
  void write(StringBuilder line, Instant time, String thread, LogLevel level, String text);
}
