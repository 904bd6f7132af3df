package io.iottunnel.engine;

/** Where log lines go. Thread-safe; never throws. */
public interface LogSink {

  /** Whether lines of this level are written at all, so that nobody composes them in vain. */
  boolean takes(LogLevel level);

  /**
   * Writes one entry, if its level is taken.
   *
   * @param text free of secrets, and of control characters but the line ends between its lines
   */
  void write(LogLevel level, String text);
}
