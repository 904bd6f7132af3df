package io.iottunnel.cli;

import io.iottunnel.domain.Printable;
import io.iottunnel.engine.LogLevel;
import io.iottunnel.engine.LogSink;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletionException;

/** Reports mistakes of ours: one line for everyone, the stack for those who look closely. */
final class Unforeseen {

  private static final int LONGEST_TEXT = 1_000;

  private Unforeseen() {}

  static void report(Throwable mistake, LogSink log) {
    Throwable cause =
        mistake instanceof CompletionException && mistake.getCause() != null
            ? mistake.getCause()
            : mistake;
    log.write(
        LogLevel.FATAL,
        "Something went wrong that should not have: %s (-v 5 shows where)"
            .formatted(Printable.of(cause.toString(), LONGEST_TEXT)));
    if (log.takes(LogLevel.DEBUG)) {
      StringWriter stack = new StringWriter();
      cause.printStackTrace(new PrintWriter(stack));
      log.write(LogLevel.DEBUG, stack.toString());
    }
  }
}
