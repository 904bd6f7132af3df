package io.iottunnel.cli.settings;

/** How a log entry is written. */
public enum LogFormat {
  /** {@code [TIME] (THREAD) [LEVEL] text}, as the reference does. */
  TEXT,
  /** One JSON object a line. */
  JSON
}
