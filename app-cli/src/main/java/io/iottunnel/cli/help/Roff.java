package io.iottunnel.cli.help;

import java.util.regex.Pattern;

/** A manual page in the making, in the macros of man(7). */
final class Roff {

  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  private static final int WIDTH = 78; // two are for protection

  private final StringBuilder page = new StringBuilder();

  /**
   * @param date as 2026-11-22
   */
  Roff title(String name, int section, String date, String source) {
    return line(".TH %s %d \"%s\" \"%s\"".formatted(name, section, date, escaped(source)));
  }

  Roff section(String heading) {
    return line(".SH " + escaped(heading));
  }

  Roff subsection(String heading) {
    return line(".SS " + escaped(heading));
  }

  Roff paragraph(String text) {
    return line(".PP").text(text);
  }

  /** A term, which may have markup already, and below it what it means. */
  Roff term(String markup, String text) {
    return line(".TP").line(markup).text(text);
  }

  /** Lines as they are. */
  Roff example(String lines) {
    line(".nf").line(".RS");
    lines.lines().forEach(text -> line(protectedAtTheBeginning(escaped(text))));
    return line(".RE").line(".fi");
  }

  /** A text, in lines of no more than 80 characters; what stands in backticks is bold. */
  Roff text(String text) {
    StringBuilder line = new StringBuilder();
    for (String word : CODE.matcher(escaped(text)).replaceAll("\\\\fB$1\\\\fR").split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        line(protectedAtTheBeginning(line.toString()));
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    return line(protectedAtTheBeginning(line.toString()));
  }

  static String plain(String text) {
    return escaped(text);
  }

  static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  static String italic(String text) {
    return "\\fI" + escaped(text) + "\\fR";
  }

  String page() {
    return page.toString();
  }

  private Roff line(String line) {
    page.append(line).append('\n');
    return this;
  }

  /** A hyphen may become a dash, which nobody can copy into a command; a minus stays. */
  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }

  /** A dot or an apostrophe there would be a request. */
  private static String protectedAtTheBeginning(String line) {
    return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
  }
}
