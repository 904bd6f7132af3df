package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.engine.LocalProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.WebProxyDialer;
import java.util.concurrent.CompletableFuture;

/** Reaches the service through a web proxy. */
final class WebProxyWayModule extends AbstractModule {

  private final WebProxy webProxy;

  WebProxyWayModule(WebProxy webProxy) {
    this.webProxy = webProxy;
  }

  @Provides
  WayOut way(WebProxyDialer dialer) {
    return new Proxied(webProxy, dialer);
  }

  private record Proxied(WebProxy webProxy, WebProxyDialer dialer) implements WayOut {
    @Override
    public void lead(LocalProxy.Builder localProxy) {
      localProxy.through(webProxy, dialer);
    }

    @Override
    public CompletableFuture<ByteStream> dial(HostAndPort service, DialObserver observer) {
      return dialer.dial(webProxy, service, observer);
    }
  }
}
