package io.iottunnel.cli.help;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.settings.Option;
import io.iottunnel.cli.settings.Subcommand;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HelpTextTest {

  private static final String TEXT = HelpText.text();
  private static final List<String> LINES = TEXT.lines().toList();

  @ParameterizedTest
  @EnumSource
  void everyOptionIsShown(Option option) {
    assertTrue(TEXT.contains(String.join(", ", option.form().all())), TEXT);
  }

  @ParameterizedTest
  @EnumSource
  void everyCommandIsShown(Subcommand command) {
    assertTrue(TEXT.contains("  " + command.word() + " "), TEXT);
  }

  @Test
  void theFirstOptionIsHelp() {
    String first = LINES.stream().filter(line -> line.startsWith("  -")).findFirst().orElseThrow();

    assertTrue(first.matches("  -h, --help +Show help message"), first);
  }

  @Test
  void everyLineFitsIntoATerminal() {
    assertEquals(List.of(), LINES.stream().filter(line -> line.length() > 80).toList());
    assertEquals(List.of(), LINES.stream().filter(line -> line.endsWith(" ")).toList());
  }

  @Test
  void subjectsStandInTheirOrderAndExamplesAtTheEnd() {
    List<Integer> places =
        List.of(
            TEXT.indexOf("Usage: localproxy -r REGION"),
            TEXT.indexOf("\nThe tunnel:\n"),
            TEXT.indexOf("\nThis end of it:\n"),
            TEXT.indexOf("\nThe web proxy:\n"),
            TEXT.indexOf("\nCertificates:\n"),
            TEXT.indexOf("\nLogging, on standard error:\n"),
            TEXT.indexOf("\nCommands:\n"),
            TEXT.indexOf("\nExamples:\n"));

    assertEquals(places.stream().sorted().toList(), places, TEXT);
    assertEquals(0, places.get(0));
  }
}
