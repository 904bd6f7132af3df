package io.iottunnel.ports;

import io.iottunnel.domain.HostAndPort;
import java.util.Map;

/**
 * What to ask the service for.
 *
 * @param service whose certificate is expected and whose name goes into {@code Host}
 * @param pathAndQuery the request target, such as {@code /tunnel?local-proxy-mode=source}
 * @param subprotocol the one value of {@code Sec-WebSocket-Protocol}
 * @param headers further header fields; they carry the tokens
 */
public record UpgradeRequest(
    HostAndPort service, String pathAndQuery, String subprotocol, Map<String, String> headers) {

  public UpgradeRequest {
    headers = Map.copyOf(headers);
  }

  /** The header fields by name only: their values are secret. */
  @Override
  public String toString() {
    return "UpgradeRequest[wss://"
        + service
        + pathAndQuery
        + ", "
        + subprotocol
        + ", "
        + headers.keySet()
        + "]";
  }
}
