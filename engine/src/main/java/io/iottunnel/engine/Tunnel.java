package io.iottunnel.engine;

import io.iottunnel.domain.AccessToken;
import io.iottunnel.domain.ClientToken;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.tunnel.TunnelSettings;
import io.iottunnel.domain.tunnel.TunnelSpec;
import io.iottunnel.ports.UpgradeRequest;
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
    return UpgradeRequest.forTunnel(
        service, spec.mode(), accessToken, clientToken, settings.subprotocol());
  }
}
