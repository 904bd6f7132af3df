package io.iottunnel.cli.log;

import io.iottunnel.engine.LogLevel;
import io.iottunnel.engine.LogSink;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * Writes entries as {@code [2026-11-22 07:12:21.298715] (THREAD) [info] text}. A writer of our own,
 * since a logging library costs more at start than everything else that a command line does.
 *
 * <p>A {@link PrintStream} never throws, so that a standard error that someone closed does no harm.
 */
public final class StandardErrorLog implements LogSink {

  private final PrintStream out;
  private final int verbosity;
  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * @param verbosity 0 for nothing, 1 for the gravest entries alone, and so on, as {@link
   *     LogLevel#verbosity} counts
   */
  public StandardErrorLog(PrintStream out, int verbosity, InstantSource clock, ZoneId zone) {
    this.out = out;
    this.verbosity = verbosity;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public boolean takes(LogLevel level) {
    return level.verbosity() <= verbosity;
  }

  @Override
  public void write(LogLevel level, String text) {
    if (!takes(level)) {
      return;
    }
    StringBuilder line = new StringBuilder(64 + text.length());
    appendTime(line.append('['));
    line.append("] (").append(Thread.currentThread().getName());
    line.append(") [").append(level.text()).append("] ").append(text);
    out.println(line);
  }

  /** By hand: a DateTimeFormatter is half of what this class would cost at start. */
  private void appendTime(StringBuilder line) {
    LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), zone);
    append(line, now.getYear(), 4).append('-');
    append(line, now.getMonthValue(), 2).append('-');
    append(line, now.getDayOfMonth(), 2).append(' ');
    append(line, now.getHour(), 2).append(':');
    append(line, now.getMinute(), 2).append(':');
    append(line, now.getSecond(), 2).append('.');
    append(line, now.getNano() / 1000, 6);
  }

  private static StringBuilder append(StringBuilder line, int number, int digits) {
    String text = Integer.toString(number);
    return line.append("0".repeat(Math.max(0, digits - text.length()))).append(text);
  }
}
