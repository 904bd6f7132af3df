package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.settings.Option;
import io.iottunnel.cli.settings.OptionForm;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every option of the command line, row by row, in its short form and in its long one, with what
 * has to come of it. Rows that go together share a process: see {@link OptionRows}.
 */
class OptionsTableIT {

  /** Which form of an option is used, where there are two. */
  private enum Form {
    SHORT,
    LONG;

    String of(OptionForm option) {
      return this == SHORT ? option.shortForm().orElse(option.longForm()) : option.longForm();
    }
  }

  @TempDir private static Path directory;
  private static ServiceEmulator service;

  @BeforeAll
  static void start() {
    service = ServiceEmulator.start();
  }

  @AfterAll
  static void theJudgeFindsNothing() {
    service.close();
  }

  /** One process: rows that go together, with options in one form. */
  private record Started(OptionRows rows, Form form) {
    @Override
    public String toString() {
      return rows.name() + ", " + form;
    }
  }

  static Stream<Started> everyRow() {
    return OptionRows.all().stream()
        .flatMap(rows -> Stream.of(Form.values()).map(form -> new Started(rows, form)))
        .filter(started -> started.form() == Form.LONG || started.rows().hasShortForms());
  }

  @ParameterizedTest(name = "{0}")
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource
  void everyRow(Started started) throws Exception {
    Tunnel tunnel = service.openTunnel("SSH1");
    try (OptionScene scene = new OptionScene(service, tunnel, ownDirectory(started))) {
      List<OptionRow> rows = started.rows().in(scene);
      try (LocalProxyProcess run =
          LocalProxyProcess.start(
              scene.environment(), arguments(rows, started.form()).toArray(new String[0]))) {
        scene.play(run);
        assertEquals(0, run.awaitExit(), run.err());
        Assertions.assertAll(
            rows.stream()
                .<Executable>map(
                    row ->
                        () ->
                            assertTrue(
                                row.holds(run),
                                () -> row.option() + ":\n" + run.out() + run.err())));
      }
    }
  }

  @Test
  void noOptionIsWithoutARow() throws IOException {
    try (OptionScene scene =
        new OptionScene(service, service.openTunnel("SSH1"), directory.resolve("none"))) {
      Set<Option> rows =
          OptionRows.all().stream()
              .flatMap(group -> group.in(scene).stream())
              .map(OptionRow::option)
              .collect(Collectors.toCollection(() -> EnumSet.noneOf(Option.class)));
      assertEquals(EnumSet.allOf(Option.class), rows);
    }
  }

  private static Path ownDirectory(Started started) {
    return directory.resolve(started.toString());
  }

  private static List<String> arguments(List<OptionRow> rows, Form form) {
    List<String> arguments = new ArrayList<>();
    for (OptionRow row : rows) {
      String name = form.of(row.option().form());
      if (row.option().form().value() == OptionForm.Value.OPTIONAL) {
        arguments.add(name + "=" + row.value());
      } else {
        arguments.add(name);
        row.valueIfAny().ifPresent(arguments::add);
      }
    }
    return arguments;
  }
}
