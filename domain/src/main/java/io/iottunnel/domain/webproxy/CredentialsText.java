package io.iottunnel.domain.webproxy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads {@code user:password} with percent sequences. No message quotes what was read. */
final class CredentialsText {

  private CredentialsText() {}

  /**
   * @throws IllegalArgumentException saying what is wrong
   */
  static Credentials parse(String text) {
    int colon = text.indexOf(':');
    String user = decoded(colon < 0 ? text : text.substring(0, colon), "the user");
    String password = colon < 0 ? "" : decoded(text.substring(colon + 1), "the password");
    if (user.isEmpty()) {
      throw new IllegalArgumentException("the user in front of '@' is missing");
    }
    if (user.indexOf(':') >= 0) {
      // RFC 7617 section 2: the recipient takes the first colon for the end of the user.
      throw new IllegalArgumentException("the user must not contain ':'");
    }
    return new Credentials(user, password);
  }

  /** Percent sequences are UTF-8; {@code +} is itself, unlike in forms. */
  private static String decoded(String text, String what) {
    StringBuilder out = new StringBuilder(text.length());
    ByteArrayOutputStream sequence = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      if (text.charAt(i) == '%') {
        sequence.write(octet(text, i, what));
        i += 3;
      } else {
        append(sequence, out, what);
        out.append(text.charAt(i++));
      }
    }
    append(sequence, out, what);
    if (out.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(what + " contains a control character");
    }
    return out.toString();
  }

  private static int octet(String text, int percent, String what) {
    int high = percent + 2 < text.length() ? Character.digit(text.charAt(percent + 1), 16) : -1;
    int low = percent + 2 < text.length() ? Character.digit(text.charAt(percent + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw new IllegalArgumentException(
          "in " + what + ", '%' is not followed by two hexadecimal digits (write %25 for '%')");
    }
    return high << 4 | low;
  }

  private static void append(ByteArrayOutputStream sequence, StringBuilder out, String what) {
    try {
      out.append(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(sequence.toByteArray())));
      sequence.reset();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "in " + what + ", the percent sequences are not UTF-8 text", e);
    }
  }
}
