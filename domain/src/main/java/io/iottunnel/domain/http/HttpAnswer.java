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
 * @param onKeptConnection whether another request may follow on the same connection: the answer was
 *     read to its end, and the other side keeps the connection
 */
public record HttpAnswer(
    String version,
    int status,
    String reason,
    List<HttpField> fields,
    String text,
    boolean onKeptConnection) {

  /** So much of a body is read for the sake of another request on the same connection. */
  public static final int MAX_DRAINED = 64 * 1024;

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

  /**
   * An answer as a parser found it, with {@code secrets} masked in what may be quoted.
   *
   * @param reason as it came
   * @param fields made by {@link HttpField#received}
   * @param body its beginning
   * @param endedWell whether the answer was read to its end, and nothing came behind it
   */
  public static HttpAnswer received(
      String version,
      int status,
      String reason,
      List<HttpField> fields,
      byte[] body,
      boolean endedWell,
      Secrets secrets) {
    return new HttpAnswer(
        version,
        status,
        secrets.maskedIn(reason),
        fields,
        BodyText.of(fields, body, secrets),
        endedWell && Persistence.of(version, fields));
  }

  /** Whether this answers CONNECT with a tunnel: any 2xx does (RFC 9110 section 9.3.6). */
  public boolean opensTunnel() {
    return opensTunnel(status);
  }

  /** Whether an answer with this status to CONNECT opens the tunnel. */
  public static boolean opensTunnel(int status) {
    return status >= 200 && status < 300;
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
    return HttpField.values(fields, name).toList();
  }

  /** The value of the first header field of that name, raw. */
  public Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  /** Whether the header fields of that name list {@code element}, which is in lower case. */
  public boolean lists(String name, String element) {
    return HttpField.elements(fields, name).anyMatch(element::equals);
  }

  /** The value of the first header field of that name, fit for a message. */
  public Optional<String> header(String name) {
    return value(name).map(value -> Printable.of(value, QUOTED));
  }

  /**
   * How long to wait at least, from {@code Retry-After}: seconds, or a date (RFC 9110 section
   * 10.2.3). Empty where it has neither.
   */
  public Optional<Duration> retryAfter(Instant now) {
    return value("Retry-After").flatMap(value -> wait(value.strip(), now));
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
