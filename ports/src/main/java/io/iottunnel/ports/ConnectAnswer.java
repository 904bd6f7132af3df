package io.iottunnel.ports;

import java.util.List;

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

  public ConnectAnswer {
    headers = List.copyOf(headers);
  }

  /** One header field. */
  public record Header(String name, String value) {}

  /** The status line, without a trailing blank where there is no reason phrase. */
  public String statusLine() {
    return reason.isEmpty() ? version + " " + status : version + " " + status + " " + reason;
  }
}
