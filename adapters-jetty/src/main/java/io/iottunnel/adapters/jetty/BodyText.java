package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** What a person can read of the page that came with a refusal. */
final class BodyText {

  private static final int SHOWN = 200;

  private static final Pattern UNSEEN =
      Pattern.compile("(?is)<(style|script)\\b.*?(</\\1>|$)|<!--.*?(-->|$)|<[^>]*(>|$)");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private BodyText() {}

  /** The first 200 characters, without HTML's mark-up; empty where the body is not text. */
  static String of(HttpFields headers, byte[] body, Secrets secrets) {
    String type = lowerCase(headers.get(HttpHeader.CONTENT_TYPE));
    boolean readable =
        type.isEmpty() || type.startsWith("text/") || type.contains("json") || type.contains("xml");
    if (!readable || headers.contains(HttpHeader.CONTENT_ENCODING)) {
      return "";
    }
    String text = new String(body, StandardCharsets.UTF_8);
    if (type.contains("html") || lowerCase(text).stripLeading().startsWith("<!doctype html")) {
      text = UNSEEN.matcher(text).replaceAll(" ");
    }
    String line = BLANKS.matcher(text).replaceAll(" ").strip();
    return Printable.of(secrets.maskedIn(line), SHOWN);
  }

  private static String lowerCase(String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
