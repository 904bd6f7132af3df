package io.iottunnel.domain.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One header field of an answer.
 *
 * @param name as it came
 * @param value raw, not yet escaped for display; with secrets masked, unless it is about
 *     authentication
 */
public record HttpField(String name, String value) {

  /** What these hold is hashed and sent back, and must not change where a password is in it. */
  private static final Set<String> CALCULATED_WITH =
      Set.of("proxy-authenticate", "proxy-authentication-info");

  /** A field as it was received. */
  public static HttpField received(String name, String value, Secrets secrets) {
    boolean asItCame = CALCULATED_WITH.contains(name.toLowerCase(Locale.ROOT));
    return new HttpField(name, asItCame ? value : secrets.maskedIn(value));
  }

  /** The values of those of {@code fields} that have this name, in whatever case. */
  static Stream<String> values(List<HttpField> fields, String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(HttpField::value);
  }

  /** The elements of the comma-separated lists that these fields hold, in lower case. */
  static Stream<String> elements(List<HttpField> fields, String name) {
    return values(fields, name)
        .flatMap(value -> Stream.of(value.split(",")))
        .map(element -> element.strip().toLowerCase(Locale.ROOT));
  }
}
