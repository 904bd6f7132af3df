package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.engine.LocalProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.DirectDialer;
import java.util.concurrent.CompletableFuture;

/** Reaches the service without a web proxy. */
final class DirectWayModule extends AbstractModule {

  @Provides
  WayOut way(DirectDialer dialer) {
    return new Direct(dialer);
  }

  private record Direct(DirectDialer dialer) implements WayOut {
    @Override
    public void lead(LocalProxy.Builder localProxy) {
      localProxy.directly(dialer);
    }

    @Override
    public CompletableFuture<ByteStream> dial(HostAndPort service, DialObserver observer) {
      return dialer.dial(service, observer);
    }
  }
}
