package io.iottunnel.cli.log;

import io.iottunnel.engine.LogLevel;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Entries as the reference writes them: {@code [2026-11-22 07:12:21.298715] (THREAD) [info] text}.
 */
public final class TextLines implements LineFormat {

  private final ZoneId zone;

  /**
   * @param zone whose time is shown
   */
  public TextLines(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public void write(StringBuilder line, Instant time, String thread, LogLevel level, String text) {
    line.append('[');
    TimeText.write(line, time, zone, ' ');
    line.append("] (").append(thread).append(") [").append(level.text()).append("] ").append(text);
  }
}
