package io.iottunnel.testkit.contract;

import io.iottunnel.ports.TunnelTransport;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** A correct transport passes the contract. */
class SmallTunnelTransportTest extends TunnelTransportContract {

  @Override
  protected TunnelTransport transport(SSLContext trust, Duration limit) {
    return new SmallTunnelTransport(trust, limit, TransportSabotage.NONE);
  }
}
