package io.iottunnel.ports;

import io.iottunnel.domain.http.Challenges;
import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.domain.webproxy.Authentication;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a web proxy answered to CONNECT.
 *
 * @param version {@code HTTP/1.0} or {@code HTTP/1.1}, as received
 * @param status the status code
 * @param reason the reason phrase, which may be empty; raw, not yet escaped for display
 * @param headers the header fields in their order; those that carry secrets ({@code Set-Cookie},
 *     authentication) are left out; raw, not yet escaped for display
 * @param authenticatedBy how the request that this answers authenticated, if it did
 * @param offered the schemes by which the answer asks to authenticate, by their names alone; raw,
 *     not yet escaped for display
 */
public record ConnectAnswer(
    String version,
    int status,
    String reason,
    List<Header> headers,
    Optional<Authentication> authenticatedBy,
    List<String> offered) {

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
    offered = List.copyOf(offered);
  }

  /** An answer that asks for nothing, to a request that did not authenticate. */
  public ConnectAnswer(String version, int status, String reason, List<Header> headers) {
    this(version, status, reason, headers, Optional.empty(), List.of());
  }

  /** One header field. */
  public record Header(String name, String value) {}

  /**
   * Of {@code answer}, what may be told.
   *
   * @param authenticatedBy how the request that it answers authenticated, if it did
   */
  public static ConnectAnswer withoutSecrets(
      HttpAnswer answer, Optional<Authentication> authenticatedBy) {
    return new ConnectAnswer(
        answer.version(),
        answer.status(),
        answer.reason(),
        answer.fields().stream()
            .filter(field -> !SECRET.contains(field.name().toLowerCase(Locale.ROOT)))
            .map(field -> new Header(field.name(), field.value()))
            .toList(),
        authenticatedBy,
        Challenges.of(answer).schemes());
  }

  /** The status line, without a trailing blank where there is no reason phrase. */
  public String statusLine() {
    return reason.isEmpty() ? version + " " + status : version + " " + status + " " + reason;
  }
}
