package io.iottunnel.testkit.contract;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chunks (RFC 9112 section 7.1), a char for each byte, looked at from the beginning every time. */
final class SmallChunks {

  private static final Pattern HEAD = Pattern.compile("([0-9a-fA-F]+)(?:;[^\n]*)?\r\n");

  private SmallChunks() {}

  /** Whether {@code body} ended well; empty while it has not ended. */
  static Optional<Boolean> end(String body) {
    return walk(body, new StringBuilder());
  }

  /** What the chunks hold, as far as they have come. */
  static String text(String body) {
    StringBuilder text = new StringBuilder();
    var unused = walk(body, text);
    return text.toString();
  }

  private static Optional<Boolean> walk(String body, StringBuilder text) {
    int at = 0;
    while (body.indexOf('\n', at) >= 0) {
      Matcher head = HEAD.matcher(body).region(at, body.length());
      if (!head.lookingAt()) {
        return Optional.of(false);
      }
      int size = Integer.parseInt(head.group(1), 16);
      if (size == 0) {
        boolean over = body.endsWith("\r\n\r\n");
        return over ? Optional.of(true) : Optional.empty();
      }
      int end = Math.min(head.end() + size, body.length());
      text.append(body, head.end(), end);
      at = Math.min(end + "\r\n".length(), body.length());
    }
    return Optional.empty();
  }
}
