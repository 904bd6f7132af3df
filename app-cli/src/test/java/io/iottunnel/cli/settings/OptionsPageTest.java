package io.iottunnel.cli.settings;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.settings.OptionForm.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No option is missing on the page that users read. */
class OptionsPageTest {

  private static final Path PAGE = Path.of("../docs/operating.md");

  @ParameterizedTest
  @EnumSource
  void everyOptionAndItsVariableHaveARow(Option option) throws IOException {
    List<String> rows = Files.readAllLines(PAGE);
    OptionForm form = option.form();
    String shortForm = form.shortForm().map(name -> "`" + name + "` ").orElse("");
    String value = form.value() == Value.OPTIONAL ? "[=" + form.valueName() + "]" : "";
    String row = "| %s| `%s%s` |".formatted(shortForm, form.longForm(), value);

    assertTrue(rows.stream().anyMatch(line -> line.startsWith(row)), row);
    form.variable()
        .ifPresent(
            name ->
                assertTrue(
                    rows.contains(
                        "| `%s` | `%s` |".formatted(name, form.shortForm().orElseThrow())),
                    name));
  }
}
