package io.iottunnel.engine;

import io.iottunnel.domain.AccessToken;
import io.iottunnel.domain.ClientToken;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.tunnel.TunnelSettings;
import io.iottunnel.domain.tunnel.TunnelSpec;
import io.iottunnel.ports.UpgradeRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One end of one tunnel: what the user asked for. Its text form holds no secret. */
record Tunnel(
    HostAndPort service,
    AccessToken accessToken,
    Optional<ClientToken> clientToken,
    TunnelSpec spec,
    TunnelSettings settings) {

  /** The request that opens a session; the same for every attempt. */
  UpgradeRequest upgradeRequest() {
    Map<String, String> headers = new HashMap<>();
    headers.put("access-token", accessToken.value());
    clientToken.ifPresent(token -> headers.put("client-token", token.value()));
    return new UpgradeRequest(
        service,
        "/tunnel?local-proxy-mode=" + spec.mode().wireName(),
        settings.subprotocol(),
        headers);
  }
}
