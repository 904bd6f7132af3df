package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.Printable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jetty.http.HttpDateTime;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * An answer in HTTP.
 *
 * @param version as received
 * @param reason may be empty; raw
 * @param headers raw where they are about authentication; else with secrets masked
 * @param text the beginning of the body where it is text, fit for a message; else empty
 * @param onKeptConnection whether another request may follow on the same connection: the answer was
 *     read to its end, and the other side keeps the connection
 */
record HttpAnswer(
    String version,
    int status,
    String reason,
    HttpFields headers,
    String text,
    boolean onKeptConnection) {

  private static final int QUOTED = 200;

  /** Status and reason, fit for a message. */
  String quoted() {
    return reason.isEmpty()
        ? Integer.toString(status)
        : status + " " + Printable.of(reason, QUOTED);
  }

  /** The text of the body as a sentence of its own, or nothing. */
  String saying() {
    return text.isEmpty() ? "" : " It says: \"" + text + "\".";
  }

  /** The value of a header field, fit for a message. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(value -> Printable.of(value, QUOTED));
  }

  /**
   * How long to wait at least, from {@code Retry-After}: seconds, or a date (RFC 9110 section
   * 10.2.3). Empty where it has neither.
   */
  Optional<Duration> retryAfter(Instant now) {
    String value = headers.get(HttpHeader.RETRY_AFTER);
    if (value == null) {
      return Optional.empty();
    }
    if (value.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Duration until = Duration.between(now, HttpDateTime.parse(value).toInstant());
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty(); // neither form: as if it were not there
    }
  }
}
