package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.iottunnel.adapters.jetty.JettyTunnelTransport;
import io.iottunnel.ports.TlsProbe;
import io.iottunnel.ports.TunnelTransport;

/** The WebSocket on Jetty's parts. */
final class JettyTransportModule extends AbstractModule {

  private final boolean checkHostNames;
  private final String userAgent;
  private final JettyTunnelTransport.Limits limits;

  JettyTransportModule(
      boolean checkHostNames, String userAgent, JettyTunnelTransport.Limits limits) {
    this.limits = limits;
    this.checkHostNames = checkHostNames;
    this.userAgent = userAgent;
  }

  @Provides
  @Singleton
  JettyTunnelTransport jetty(HopsTls tls) {
    return new JettyTunnelTransport(tls.toService(), checkHostNames, userAgent, limits);
  }

  @Provides
  TunnelTransport transport(JettyTunnelTransport jetty) {
    return jetty;
  }

  @Provides
  TlsProbe probe(JettyTunnelTransport jetty) {
    return jetty;
  }
}
