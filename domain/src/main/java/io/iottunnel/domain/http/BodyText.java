package io.iottunnel.domain.http;

import io.iottunnel.domain.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a person can read of the page that came with a refusal. */
public final class BodyText {

  /** As much of a body as is worth keeping: enough to find what is shown, behind mark-up. */
  public static final int MAX_BYTES = 8 * 1024;

  private static final int SHOWN = 200;

  private static final Pattern UNSEEN =
      Pattern.compile("(?is)<(style|script)\\b.*?(</\\1>|$)|<!--.*?(-->|$)|<[^>]*(>|$)");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private BodyText() {}

  /**
   * The first 200 characters, without HTML's mark-up; empty where the body is not text.
   *
   * @param type the value of {@code Content-Type}; empty where there is none
   * @param encoded whether the answer has a {@code Content-Encoding}
   */
  public static String of(String type, boolean encoded, byte[] body, Secrets secrets) {
    String kind = type.toLowerCase(Locale.ROOT);
    boolean readable =
        kind.isEmpty() || kind.startsWith("text/") || kind.contains("json") || kind.contains("xml");
    if (!readable || encoded) {
      return "";
    }
    String text = new String(body, StandardCharsets.UTF_8);
    boolean html =
        kind.contains("html")
            || text.toLowerCase(Locale.ROOT).stripLeading().startsWith("<!doctype html");
    String seen = html ? UNSEEN.matcher(text).replaceAll(" ") : text;
    String line = BLANKS.matcher(seen).replaceAll(" ").strip();
    return Printable.of(secrets.maskedIn(line), SHOWN);
  }
}
