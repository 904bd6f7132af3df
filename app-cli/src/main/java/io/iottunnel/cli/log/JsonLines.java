package io.iottunnel.cli.log;

import io.iottunnel.engine.LogLevel;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Entries as JSON objects (RFC 8259), one a line: {@code
 * {"time":"2026-11-22T07:12:21.298715Z","level":"info","thread":"...","message":"..."}}. The names
 * are documented, and stay. Everything beyond ASCII is escaped, so that the encoding of standard
 * error does not matter.
 */
public final class JsonLines implements LineFormat {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  @Override
  public void write(StringBuilder line, Instant time, String thread, LogLevel level, String text) {
    line.append("{\"time\":\"");
    TimeText.write(line, time, ZoneOffset.UTC, 'T');
    line.append("Z\",\"level\":\"").append(level.text()).append("\",\"thread\":");
    quote(line, thread);
    line.append(",\"message\":");
    quote(line, text);
    line.append('}');
  }

  private static void quote(StringBuilder line, String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> line.append('\\').append(c);
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (c < ' ' || c > '~') {
            escape(line, c);
          } else {
            line.append(c);
          }
        }
      }
    }
    line.append('"');
  }

  private static void escape(StringBuilder line, char c) {
    line.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      line.append(HEX[c >> shift & 0xf]);
    }
  }
}
