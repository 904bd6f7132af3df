package io.iottunnel.engine;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.DirectDialer;
import io.iottunnel.ports.WebProxyDialer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** How the service is reached: directly, or through a web proxy. */
sealed interface Way {

  CompletableFuture<ByteStream> dial(HostAndPort service, DialObserver observer);

  /** The web proxy, if there is one. */
  Optional<WebProxy> webProxy();

  /** Without a web proxy. */
  record Direct(DirectDialer dialer) implements Way {
    @Override
    public CompletableFuture<ByteStream> dial(HostAndPort service, DialObserver observer) {
      return dialer.dial(service, observer);
    }

    @Override
    public Optional<WebProxy> webProxy() {
      return Optional.empty();
    }
  }

  /** Through a web proxy. */
  record Proxied(WebProxy proxy, WebProxyDialer dialer) implements Way {
    @Override
    public CompletableFuture<ByteStream> dial(HostAndPort service, DialObserver observer) {
      return dialer.dial(proxy, service, observer);
    }

    @Override
    public Optional<WebProxy> webProxy() {
      return Optional.of(proxy);
    }
  }
}
