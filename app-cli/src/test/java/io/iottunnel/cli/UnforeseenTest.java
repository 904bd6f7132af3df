package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.engine.LogLevel;
import io.iottunnel.engine.LogSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class UnforeseenTest {

  private final List<String> lines = new ArrayList<>();

  @Test
  void theStackIsShownToThoseWhoLookCloselyAlone() {
    Unforeseen.report(new IllegalStateException("oops"), log(4));
    assertEquals(1, lines.size());
    Unforeseen.report(new IllegalStateException("oops"), log(5));
    assertEquals(3, lines.size());
    assertTrue(lines.get(2).startsWith("debug java.lang.IllegalStateException: oops"));
    assertTrue(lines.get(2).contains("\tat " + UnforeseenTest.class.getName()), lines.get(2));
  }

  @Test
  void theWrapperOfAFutureIsNotWorthALine() {
    Unforeseen.report(new CompletionException(new IllegalStateException("oops")), log(4));

    assertEquals(
        "fatal Something went wrong that should not have: java.lang.IllegalStateException: oops"
            + " (-v 5 shows where)",
        lines.get(0));
  }

  private LogSink log(int verbosity) {
    return new LogSink() {
      @Override
      public boolean takes(LogLevel level) {
        return level.verbosity() <= verbosity;
      }

      @Override
      public void write(LogLevel level, String text) {
        lines.add(level.text() + " " + text);
      }
    };
  }
}
