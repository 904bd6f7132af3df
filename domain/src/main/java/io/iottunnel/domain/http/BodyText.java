package io.iottunnel.domain.http;

import io.iottunnel.domain.Printable;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

  /** The first 200 characters, without HTML's mark-up; empty where the body is not text. */
  static String of(List<HttpField> fields, byte[] body, Secrets secrets) {
    String type =
        HttpField.values(fields, "Content-Type").findFirst().orElse("").toLowerCase(Locale.ROOT);
    boolean readable =
        type.isEmpty() || type.startsWith("text/") || type.contains("json") || type.contains("xml");
    if (!readable || HttpField.values(fields, "Content-Encoding").findAny().isPresent()) {
      return "";
    }
    String text = new String(body, StandardCharsets.UTF_8);
    boolean html =
        type.contains("html")
            || text.toLowerCase(Locale.ROOT).stripLeading().startsWith("<!doctype html");
    String seen = html ? UNSEEN.matcher(text).replaceAll(" ") : text;
    String line = BLANKS.matcher(seen).replaceAll(" ").strip();
    return Printable.of(secrets.maskedIn(line), SHOWN);
  }
}
