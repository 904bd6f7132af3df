package io.iottunnel.ports;

import io.iottunnel.domain.http.HttpAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a web proxy answered to CONNECT.
 *
 * @param version {@code HTTP/1.0} or {@code HTTP/1.1}, as received
 * @param status the status code
 * @param reason the reason phrase, which may be empty; raw, not yet escaped for display
 * @param headers the header fields in their order; those that carry secrets ({@code Set-Cookie},
 *     authentication) are left out; raw, not yet escaped for display
 */
public record ConnectAnswer(String version, int status, String reason, List<Header> headers) {

  /** In lower case. */
  private static final Set<String> SECRET =
      Set.of(
          "set-cookie",
          "set-cookie2",
          "proxy-authenticate",
          "proxy-authentication-info",
          "www-authenticate",
          "authentication-info");

  public ConnectAnswer {
    headers = List.copyOf(headers);
  }

  /** One header field. */
  public record Header(String name, String value) {}

  /** Of {@code answer}, what may be told. */
  public static ConnectAnswer withoutSecrets(HttpAnswer answer) {
    return new ConnectAnswer(
        answer.version(),
        answer.status(),
        answer.reason(),
        answer.fields().stream()
            .filter(field -> !SECRET.contains(field.name().toLowerCase(Locale.ROOT)))
            .map(field -> new Header(field.name(), field.value()))
            .toList());
  }

  /** The status line, without a trailing blank where there is no reason phrase. */
  public String statusLine() {
    return reason.isEmpty() ? version + " " + status : version + " " + status + " " + reason;
  }
}
