package io.iottunnel.adapters.jetty;

import io.iottunnel.ports.TlsProbe;
import io.iottunnel.testkit.contract.TlsProbeContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;

class JettyTlsProbeContractTest extends TlsProbeContract {

  private final List<JettyTunnelTransport> transports = new ArrayList<>();

  @Override
  protected TlsProbe probe(SSLContext trust, Duration limit) {
    JettyTunnelTransport transport =
        new JettyTunnelTransport(
            trust, true, "localproxy/test", new JettyTunnelTransport.Limits(limit, limit, limit));
    transports.add(transport);
    return transport;
  }

  @AfterEach
  void closeTransports() {
    transports.forEach(JettyTunnelTransport::close);
  }
}
