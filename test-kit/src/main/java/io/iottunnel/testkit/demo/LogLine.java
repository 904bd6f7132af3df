package io.iottunnel.testkit.demo;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of a local proxy's log, as it is documented: {@code [2026-11-22 07:12:21.298715]
 * (THREAD) [info] text}.
 *
 * @param at when it was written, by this machine's clock
 * @param text the first line of what it says
 */
record LogLine(Instant at, String text) {

  private static final Pattern FORM =
      Pattern.compile(
          "\\[(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6})] \\(.*?\\) \\[\\w+] (.*)");
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .toFormatter(Locale.ROOT);

  /** Reads a line; empty for one that begins no entry. */
  static Optional<LogLine> parse(String line) {
    Matcher matcher = FORM.matcher(line);
    return matcher.matches()
        ? Optional.of(
            new LogLine(
                LocalDateTime.parse(matcher.group(1), TIME)
                    .atZone(ZoneId.systemDefault())
                    .toInstant(),
                matcher.group(2)))
        : Optional.empty();
  }
}
