package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.iottunnel.adapters.jetty.JettyConnectDialog;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.NegotiateTokens;

/** The conversation with web proxies on Jetty's parts. */
final class JettyDialogModule extends AbstractModule {

  private final String userAgent;

  JettyDialogModule(String userAgent) {
    this.userAgent = userAgent;
  }

  @Provides
  @Singleton
  ConnectDialog.Factory dialogs(NegotiateTokens tokens) {
    return new JettyConnectDialog.Factory(userAgent, tokens);
  }
}
