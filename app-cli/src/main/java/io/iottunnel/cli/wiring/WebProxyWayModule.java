package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.WebProxyDialer;

/** Reaches the service through a web proxy. */
final class WebProxyWayModule extends AbstractModule {

  private final WebProxy webProxy;

  WebProxyWayModule(WebProxy webProxy) {
    this.webProxy = webProxy;
  }

  @Provides
  WayOut way(WebProxyDialer dialer) {
    return localProxy -> localProxy.through(webProxy, dialer);
  }
}
