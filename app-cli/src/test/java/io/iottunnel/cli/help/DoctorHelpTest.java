package io.iottunnel.cli.help;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.settings.DoctorOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoctorHelpTest {

  private static final String TEXT = DoctorHelp.text();

  @ParameterizedTest
  @EnumSource
  void everyOptionOfItsOwnIsShownAndKnownToTheShellsAndTheManual(DoctorOption option) {
    String form = option.form().longForm();

    assertTrue(TEXT.contains(form), TEXT);
    assertTrue(Completion.of("bash").orElseThrow().contains("\\n" + form));
    assertTrue(Completion.of("zsh").orElseThrow().contains("'" + form + "["));
    assertTrue(ManualTest.PAGE.contains("\\fB" + form.replace("-", "\\-") + "\\fR"));
    assertFalse(HelpText.text().contains(form));
  }

  @Test
  void whatItHeedsIsShownAndNothingElse() {
    assertTrue(TEXT.contains("--web-proxy-ca"), TEXT);
    assertFalse(TEXT.contains("--source-listen-port"), TEXT);
  }

  @Test
  void everyLineFitsIntoATerminal() {
    assertEquals(List.of(), TEXT.lines().filter(line -> line.length() > 80).toList());
  }
}
