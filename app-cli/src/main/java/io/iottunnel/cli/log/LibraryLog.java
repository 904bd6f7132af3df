package io.iottunnel.cli.log;

import io.iottunnel.domain.Printable;
import io.iottunnel.engine.LogLevel;
import io.iottunnel.engine.LogSink;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * What the libraries have to say, in our log. Their warnings and errors are shown as such and their
 * information as trace. Their debugging is never shown: HTTP libraries print every header then, and
 * the access token is one.
 */
final class LibraryLog extends LegacyAbstractLogger {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_TEXT = 2_000;

  private static volatile Optional<LogSink> sink = Optional.empty();

  LibraryLog(String name) {
    this.name = name;
  }

  /** From now on, libraries write to {@code log}. Before, what they say is lost. */
  static void writeTo(LogSink log) {
    sink = Optional.of(log);
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isInfoEnabled() {
    return takes(LogLevel.TRACE);
  }

  @Override
  public boolean isWarnEnabled() {
    return takes(LogLevel.WARNING);
  }

  @Override
  public boolean isErrorEnabled() {
    return takes(LogLevel.ERROR);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable cause) {
    String message = MessageFormatter.basicArrayFormat(pattern, arguments);
    String text = cause == null ? message : message + ": " + cause;
    String line =
        name.substring(name.lastIndexOf('.') + 1) + ": " + Printable.of(text, LONGEST_TEXT);
    sink.ifPresent(log -> log.write(shownAs(level), line));
  }

  private static boolean takes(LogLevel level) {
    return sink.filter(log -> log.takes(level)).isPresent();
  }

  private static LogLevel shownAs(Level level) {
    return switch (level) {
      case ERROR -> LogLevel.ERROR;
      case WARN -> LogLevel.WARNING;
      case INFO, DEBUG, TRACE -> LogLevel.TRACE;
    };
  }
}
