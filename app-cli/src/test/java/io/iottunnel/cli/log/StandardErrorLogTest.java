package io.iottunnel.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.engine.LogLevel;
import io.iottunnel.testkit.secrets.Printed;
import io.iottunnel.testkit.secrets.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardErrorLogTest {

  private static final Instant NOW = Instant.parse("2026-01-02T07:12:01.000098765Z");

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void anEntryHasTimeThreadLevelAndText() {
    log(written, 4, ZoneOffset.ofHours(2)).write(LogLevel.INFO, "Starting proxy in source mode");

    assertEquals(
        "[2026-01-02 09:12:01.000098] (%s) [info] Starting proxy in source mode%n"
            .formatted(Thread.currentThread().getName()),
        written.toString(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "1, fatal",
    "2, fatal error",
    "3, fatal error warning",
    "4, fatal error warning info",
    "5, fatal error warning info debug",
    "6, fatal error warning info debug trace",
    "255, fatal error warning info debug trace"
  })
  void theVerbositySaysWhichLevelsAreWritten(int verbosity, String levels) {
    StandardErrorLog log = log(written, verbosity, ZoneOffset.UTC);
    StringBuilder taken = new StringBuilder();
    for (LogLevel level : LogLevel.values()) {
      log.write(level, "text");
      taken.append(log.takes(level) ? " " + level.text() : "");
    }

    assertEquals(levels, taken.toString().strip());
    assertEquals(
        levels,
        String.join(
            " ",
            written
                .toString(UTF_8)
                .lines()
                .map(line -> line.replaceAll(".* \\[(\\w+)] text", "$1"))
                .toList()));
  }

  @Test
  void aClosedStandardErrorDoesNoHarm() {
    OutputStream closed =
        new FilterOutputStream(written) {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    PrintStream standardError = new PrintStream(closed, true, UTF_8);

    new StandardErrorLog(standardError, 4, new TextLines(ZoneOffset.UTC), () -> NOW)
        .write(LogLevel.INFO, "text");

    assertTrue(standardError.checkError());
  }

  @Test
  void librariesWarnAndTheirDebuggingIsNeverShown() {
    LibraryLogProvider provider = new LibraryLogProvider();
    org.slf4j.Logger library = provider.getLoggerFactory().getLogger("org.eclipse.jetty.Client");
    LibraryLogProvider.writeTo(log(written, 255, ZoneOffset.UTC));
    library.error("broken {}", "thing", new IOException("reset\nby peer"));
    library.warn("odd {} and {}", 1, 2);
    library.info("started");
    String token = Secrets.token();
    library.debug("header access-token: " + token);
    library.trace("header access-token: " + token);

    assertFalse(library.isDebugEnabled());
    assertEquals(
        """
        [error] Client: broken thing: java.io.IOException: reset\\nby peer
        [warning] Client: odd 1 and 2
        [trace] Client: started
        """,
        written.toString(UTF_8).replaceAll("(?m)^\\[[^)]*\\) ", ""));
  }

  @Test
  void whatLibrariesTellIsNotShownAtTheUsualVerbosity() {
    org.slf4j.Logger library = new LibraryLogProvider().getLoggerFactory().getLogger("jetty");
    LibraryLogProvider.writeTo(log(written, 4, ZoneOffset.UTC));
    library.info("started");

    assertFalse(library.isInfoEnabled());
    assertEquals("", written.toString(UTF_8));
  }

  private static StandardErrorLog log(OutputStream out, int verbosity, ZoneId zone) {
    return new StandardErrorLog(
        new PrintStream(Printed.through(out, "a log"), true, UTF_8),
        verbosity,
        new TextLines(zone),
        () -> NOW);
  }
}
