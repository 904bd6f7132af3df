package io.iottunnel.cli.help;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.settings.Option;
import io.iottunnel.cli.tuning.Setting;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManualTest {

  static final String PAGE =
      new Manual("1.2.3", "2026-11-22", new TreeMap<>(Map.of(0, "All is well", 8, "Nothing is")))
          .page();

  @Test
  void itBeginsWithItsTitle() {
    assertTrue(
        PAGE.startsWith(".TH LOCALPROXY 1 \"2026-11-22\" \"localproxy 1.2.3\"\n.SH NAME\n"), PAGE);
  }

  @ParameterizedTest
  @EnumSource
  void everyOptionIsDescribed(Option option) {
    String longForm = option.form().longForm().replace("-", "\\-");

    assertTrue(PAGE.contains("\\fB" + longForm + "\\fR"), PAGE);
  }

  @ParameterizedTest
  @EnumSource
  void everySettingIsDescribed(Setting setting) {
    assertTrue(PAGE.contains("\\fB" + setting.key() + "\\fR ("), PAGE);
  }

  @Test
  void exitCodesAreDescribed() {
    assertTrue(PAGE.contains(".TP\n\\fB8\\fR\nNothing is.\n"), PAGE);
  }

  @Test
  void linesAreShortAndWordsStayWhole() {
    String text = "four ".repeat(40).strip();

    String page = new Roff().text(text).page();

    assertEquals(text, page.strip().replace('\n', ' '));
    assertTrue(page.lines().allMatch(line -> line.length() <= 80), page);
  }

  @Test
  void noTextIsTakenForARequest() {
    assertEquals(
        ".PP\n\\&.hidden \\efB \\-k \\fBa\\-b\\fR\n",
        new Roff().paragraph(".hidden \\fB -k `a-b`").page());
    assertEquals(".PP\n\\&'quoted\n", new Roff().paragraph("'quoted").page());
  }
}
