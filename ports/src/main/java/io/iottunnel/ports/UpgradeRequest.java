package io.iottunnel.ports;

import io.iottunnel.domain.AccessToken;
import io.iottunnel.domain.ClientToken;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Mode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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

  /**
   * What one end of a tunnel asks for.
   *
   * @param clientToken with which the access token can be used again; without one, its first use
   *     spends it
   */
  public static UpgradeRequest forTunnel(
      HostAndPort service,
      Mode mode,
      AccessToken accessToken,
      Optional<ClientToken> clientToken,
      String subprotocol) {
    Map<String, String> headers = new HashMap<>();
    headers.put("access-token", accessToken.value());
    clientToken.ifPresent(token -> headers.put("client-token", token.value()));
    return new UpgradeRequest(
        service, "/tunnel?local-proxy-mode=" + mode.wireName(), subprotocol, headers);
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
