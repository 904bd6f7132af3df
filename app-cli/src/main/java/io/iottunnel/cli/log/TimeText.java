package io.iottunnel.cli.log;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Times as log lines show them, to the microsecond: {@code 2026-11-22 07:12:21.298715}. */
final class TimeText {

  private TimeText() {}

  /**
   * Writes a time, by hand: a DateTimeFormatter is half of what logging would cost at start.
   *
   * @param between what stands between date and time of day
   */
  static void write(StringBuilder line, Instant time, ZoneId zone, char between) {
    LocalDateTime local = LocalDateTime.ofInstant(time, zone);
    write(line, local.getYear(), 4).append('-');
    write(line, local.getMonthValue(), 2).append('-');
    write(line, local.getDayOfMonth(), 2).append(between);
    write(line, local.getHour(), 2).append(':');
    write(line, local.getMinute(), 2).append(':');
    write(line, local.getSecond(), 2).append('.');
    write(line, local.getNano() / 1000, 6);
  }

  private static StringBuilder write(StringBuilder line, int number, int digits) {
    String text = Integer.toString(number);
    return line.append("0".repeat(Math.max(0, digits - text.length()))).append(text);
  }
}
