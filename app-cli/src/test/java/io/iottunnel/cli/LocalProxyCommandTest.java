package io.iottunnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.testkit.secrets.Printed;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalProxyCommandTest {

  private static final String VERSION_LINE =
      "Running AWS IoT Secure Tunneling Local Proxy version: ";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help", "-V", "--version", "-h -Z", "-V -s x"})
  void helpAndVersionEndWithZeroAndSayNothingOnStandardError(String commandLine) {
    assertEquals(0, run(Map.of(), commandLine.split(" ")));
    assertTrue(out.toString(UTF_8).startsWith(VERSION_LINE), out.toString(UTF_8));
    assertEquals("", err.toString(UTF_8));
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    run(Map.of(), "-V");

    assertTrue(
        out.toString(UTF_8).strip().matches(VERSION_LINE + "\\d+\\.\\d+\\.\\d+"),
        out.toString(UTF_8));
  }

  @Test
  void theDefaultSettingsAreWrittenAndNothingElseIsValidated(@TempDir Path directory) {
    Path file = directory.resolve("settings.json");

    assertEquals(0, run(Map.of(), "--export-default-settings", file.toString(), "-s", "nonsense"));
    assertTrue(Files.exists(file));
    assertEquals("", err.toString(UTF_8));
  }

  @Test
  void aUsageErrorIsOneLineAndAHint() {
    assertEquals(1, run(Map.of(), "-Z"));
    assertEquals(
        """
        unrecognised option '-Z'
        Try 'localproxy --help' for a list of options.
        """,
        err.toString(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--stdio", "--stdio=SSH1"})
  void forStdioStandardOutputIsLeftAlone(String option) {
    assertEquals(1, run(Map.of(), option));
    assertEquals("", out.toString(UTF_8));
    assertTrue(err.toString(UTF_8).startsWith(VERSION_LINE), err.toString(UTF_8));
  }

  @Test
  void whatWasNotForeseenIsOneLineAndEndsWith70() {
    int code =
        run(
            new HashMap<>() {
              @Override
              public String get(Object name) {
                throw new IllegalStateException("the environment\nis gone");
              }
            },
            "-s",
            "5555");

    assertEquals(70, code);
    String line = err.toString(UTF_8);
    assertEquals(1, line.lines().count(), line);
    assertTrue(line.contains("[fatal] "), line);
    assertTrue(line.contains("java.lang.IllegalStateException: the environment\\nis gone"), line);
    assertFalse(line.contains("\tat "), line);
  }

  private int run(Map<String, String> environment, String... arguments) {
    Console console =
        new Console(
            environment,
            InputStream.nullInputStream(),
            new PrintStream(Printed.through(out, "standard output"), true, UTF_8),
            out,
            new PrintStream(Printed.through(err, "standard error"), true, UTF_8),
            false);
    return new Main(console, Signals.NONE).run(arguments);
  }
}
