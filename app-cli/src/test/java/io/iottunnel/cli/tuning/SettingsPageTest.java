package io.iottunnel.cli.tuning;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.tuning.SettingForm.WholeNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of settings that users read is that of the code. */
class SettingsPageTest {

  private static final Path PAGE = Path.of("../docs/operating.md");

  @Test
  void theTableInTheDocumentationIsThatOfTheCode() throws IOException {
    String table = Arrays.stream(Setting.values()).map(this::row).collect(Collectors.joining());

    assertTrue(
        Files.readString(PAGE).contains(table),
        PAGE + " should have these rows, in this order:\n" + table);
  }

  private String row(Setting setting) {
    SettingForm form = setting.form();
    String allowed =
        form instanceof WholeNumber number && number.least() != number.most()
            ? number.least() + " to " + number.most()
            : form.expected();
    return "| `%s` | %s | %s | %s |\n"
        .formatted(setting.key(), form.usual(), allowed, setting.description());
  }
}
