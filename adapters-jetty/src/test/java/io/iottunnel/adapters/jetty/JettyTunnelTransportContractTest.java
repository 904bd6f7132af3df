package io.iottunnel.adapters.jetty;

import io.iottunnel.ports.TunnelTransport;
import io.iottunnel.testkit.contract.TunnelTransportContract;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;

class JettyTunnelTransportContractTest extends TunnelTransportContract {

  @Override
  protected TunnelTransport transport(SSLContext trust, Duration limit) {
    return new JettyTunnelTransport(
        trust,
        true,
        "localproxy/test",
        new JettyTunnelTransport.Limits(limit, limit, JettyTunnelTransport.Limits.DEFAULT.close()));
  }

  /** Jetty's core hands over one frame of any kind for each that is asked for. */
  @Override
  protected Set<Ability> lacks() {
    return Set.of(Ability.CONTROL_FRAMES_WITHOUT_DEMAND);
  }
}
