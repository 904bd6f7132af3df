package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.iottunnel.adapters.nio.DialLimits;
import io.iottunnel.adapters.nio.NioDirectDialer;
import io.iottunnel.adapters.nio.NioLoop;
import io.iottunnel.adapters.nio.NioWebProxyDialer;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.DirectDialer;
import io.iottunnel.ports.WebProxyDialer;

/** The one thread of all sockets, and dialing on it, by the JDK's own channels. */
final class NioModule extends AbstractModule {

  private final DialLimits limits;

  NioModule(DialLimits limits) {
    this.limits = limits;
  }

  @Provides
  @Singleton
  NioLoop loop() {
    return new NioLoop();
  }

  @Provides
  @Singleton
  DirectDialer directDialer(NioLoop loop) {
    return new NioDirectDialer(loop, limits);
  }

  @Provides
  @Singleton
  WebProxyDialer webProxyDialer(NioLoop loop, ConnectDialog.Factory dialogs, HopsTls tls) {
    return new NioWebProxyDialer(loop, dialogs, tls.toWebProxy(), limits);
  }
}
