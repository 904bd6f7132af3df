package io.iottunnel.domain.http;

import java.nio.charset.StandardCharsets;

/** Text as the bytes that go over the line. */
public final class Utf8 {

  private Utf8() {}

  /** The UTF-8 of {@code text}, a char for each byte. */
  public static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** The UTF-8 of {@code text}, percent-encoded as parameters of header fields are (RFC 8187). */
  static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b > ' ' && (Character.isLetterOrDigit(b) || "!#$&+-.^_`|~".indexOf(b) >= 0);
      encoded.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
    }
    return encoded.toString();
  }

  /** A quoted string (RFC 9110 section 5.6.4) of {@code bytes}. */
  public static String quoted(String bytes) {
    return '"' + bytes.replaceAll("[\"\\\\]", "\\\\$0") + '"';
  }
}
