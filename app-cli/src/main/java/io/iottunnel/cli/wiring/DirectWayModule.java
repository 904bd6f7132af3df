package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import io.iottunnel.ports.DirectDialer;

/** Reaches the service without a web proxy. */
final class DirectWayModule extends AbstractModule {

  @Provides
  WayOut way(DirectDialer dialer) {
    return localProxy -> localProxy.directly(dialer);
  }
}
