package io.iottunnel.domain.http;

import io.iottunnel.domain.Printable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An answer in HTTP, read to its end or as far as is wanted.
 *
 * @param version as received
 * @param reason may be empty; raw, not yet escaped for display
 * @param fields the header fields in their order
 * @param text the beginning of the body where it is text, fit for a message ({@link BodyText});
 *     else empty
 */
public record HttpAnswer(
    String version, int status, String reason, List<HttpField> fields, String text) {

  private static final int QUOTED = 200;

  /** The three forms of RFC 9110 section 5.6.7. */
  private static final List<DateTimeFormatter> DATES =
      Stream.of(
              "EEE, d MMM yyyy HH:mm:ss 'GMT'",
              "EEEE, dd-MMM-yy HH:mm:ss 'GMT'",
              "EEE MMM ppd HH:mm:ss yyyy")
          .map(form -> DateTimeFormatter.ofPattern(form, Locale.ENGLISH).withZone(ZoneOffset.UTC))
          .toList();

  public HttpAnswer {
    fields = List.copyOf(fields);
  }

  /** Status and reason, fit for a message. */
  public String quoted() {
    return reason.isEmpty()
        ? Integer.toString(status)
        : status + " " + Printable.of(reason, QUOTED);
  }

  /** The text of the body as a sentence of its own, with a blank before it, or nothing. */
  public String saying() {
    return text.isEmpty() ? "" : " It says: \"" + text + "\".";
  }

  /** The values of all header fields of that name, raw. */
  public List<String> values(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(HttpField::value)
        .toList();
  }

  /** The value of the first header field of that name, fit for a message. */
  public Optional<String> header(String name) {
    return values(name).stream().findFirst().map(value -> Printable.of(value, QUOTED));
  }

  /**
   * How long to wait at least, from {@code Retry-After}: seconds, or a date (RFC 9110 section
   * 10.2.3). Empty where it has neither.
   */
  public Optional<Duration> retryAfter(Instant now) {
    return values("Retry-After").stream().findFirst().flatMap(value -> wait(value.strip(), now));
  }

  private static Optional<Duration> wait(String value, Instant now) {
    if (value.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    return DATES.stream()
        .flatMap(form -> date(form, value).stream())
        .findFirst()
        .map(date -> Duration.between(now, date))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private static Optional<Instant> date(DateTimeFormatter form, String text) {
    try {
      return Optional.of(form.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty(); // another form, or none: then it is as if it were not there
    }
  }
}
