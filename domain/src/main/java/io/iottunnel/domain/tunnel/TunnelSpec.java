package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import java.util.Map;

/**
 * What one end of a tunnel is to do.
 *
 * @param dialect what a source speaks; a destination answers each stream in its own
 * @param mapping the user's endpoints, {@link ServiceId#UNNAMED} for a bare one; may be empty at a
 *     source
 * @param surplusAllowed whether the mapping may name services that the tunnel does not have, as one
 *     that is kept for many tunnels does; if not, it names them all and no other
 * @param anyPort where a source listens for a service that is not mapped: its bind address and port
 *     0
 */
public record TunnelSpec(
    Mode mode,
    Dialect dialect,
    Map<ServiceId, Endpoint> mapping,
    boolean surplusAllowed,
    Endpoint anyPort) {

  public TunnelSpec {
    mapping = Map.copyOf(mapping);
  }

  /** Whether there is but one client, of one service, and nothing left to do once it is gone. */
  boolean hasOneClient() {
    return mapping.containsValue(new Endpoint.Stdio());
  }

  /**
   * What a source speaks once the service has chosen a subprotocol: its own dialect, or an older
   * one where the subprotocol is older.
   */
  Dialect dialectUnder(String subprotocol) {
    Dialect newest =
        subprotocol.endsWith("-1.0")
            ? Dialect.V1
            : subprotocol.endsWith("-2.0") ? Dialect.V2 : Dialect.V3;
    return newest.compareTo(dialect) < 0 ? newest : dialect;
  }
}
