package io.iottunnel.cli.log;

import io.iottunnel.engine.LogLevel;
import io.iottunnel.engine.LogSink;
import java.io.PrintStream;
import java.time.InstantSource;

/**
 * Writes entries to standard error. A writer of our own, since a logging library costs more at
 * start than everything else that a command line does.
 *
 * <p>A {@link PrintStream} never throws, so that a standard error that someone closed does no harm.
 */
public final class StandardErrorLog implements LogSink {

  private final PrintStream out;
  private final int verbosity;
  private final LineFormat format;
  private final InstantSource clock;

  /**
   * @param verbosity 0 for nothing, 1 for the gravest entries alone, and so on, as {@link
   *     LogLevel#verbosity} counts
   */
  public StandardErrorLog(PrintStream out, int verbosity, LineFormat format, InstantSource clock) {
    this.out = out;
    this.verbosity = verbosity;
    this.format = format;
    this.clock = clock;
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
    format.write(line, clock.instant(), Thread.currentThread().getName(), level, text);
    out.println(line);
  }
}
