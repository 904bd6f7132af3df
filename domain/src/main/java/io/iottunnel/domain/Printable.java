package io.iottunnel.domain;

/**
 * Makes text that someone else wrote fit for a log line or a message: one line, of bounded length.
 */
public final class Printable {

  private Printable() {}

  /**
   * {@code text} with control characters, line separators and unpaired surrogates written as Java
   * escapes ({@code \n}, <code>&#92;u001b</code>), cut behind {@code maxLength} characters with an
   * ellipsis.
   *
   * @param maxLength at least 1, counted before escaping
   */
  public static String of(String text, int maxLength) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), maxLength) + 8);
    int end = Math.min(text.length(), maxLength);
    for (int i = 0; i < end; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (isPlain(c)) {
            out.appendCodePoint(c);
          } else {
            out.append(c > 0xffff ? "\\U%06x".formatted(c) : "\\u%04x".formatted(c));
          }
        }
      }
    }
    return text.length() > maxLength ? out.append('…').toString() : out.toString();
  }

  /** Not what moves the cursor, turns the direction of writing, or cannot be encoded. */
  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
