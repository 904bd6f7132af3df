package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.iottunnel.adapters.httpclient.HttpClientConnectDialog;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.NegotiateTokens;

/** The conversation with web proxies on the parts of Apache HttpClient. */
final class HttpClientDialogModule extends AbstractModule {

  private final String userAgent;

  HttpClientDialogModule(String userAgent) {
    this.userAgent = userAgent;
  }

  @Provides
  @Singleton
  ConnectDialog.Factory dialogs(NegotiateTokens tokens) {
    return new HttpClientConnectDialog.Factory(userAgent, tokens);
  }
}
