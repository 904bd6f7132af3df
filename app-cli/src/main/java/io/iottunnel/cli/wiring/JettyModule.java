package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.iottunnel.adapters.jetty.JettyConnectDialog;
import io.iottunnel.adapters.jetty.JettyTunnelTransport;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.NegotiateTokens;
import io.iottunnel.ports.TunnelTransport;

/** The WebSocket and the conversation with web proxies on Jetty's parts. */
final class JettyModule extends AbstractModule {

  private final boolean checkHostNames;
  private final String userAgent;
  private final JettyTunnelTransport.Limits limits;

  JettyModule(boolean checkHostNames, String userAgent, JettyTunnelTransport.Limits limits) {
    this.limits = limits;
    this.checkHostNames = checkHostNames;
    this.userAgent = userAgent;
  }

  @Provides
  @Singleton
  ConnectDialog.Factory dialogs(NegotiateTokens tokens) {
    return new JettyConnectDialog.Factory(userAgent, tokens);
  }

  @Provides
  @Singleton
  TunnelTransport transport(HopsTls tls) {
    return new JettyTunnelTransport(tls.toService(), checkHostNames, userAgent, limits);
  }
}
