package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.iottunnel.adapters.nio.DialLimits;
import io.iottunnel.adapters.nio.NioDirectDialer;
import io.iottunnel.adapters.nio.NioLocalSockets;
import io.iottunnel.adapters.nio.NioLoop;
import io.iottunnel.adapters.nio.NioWebProxyDialer;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.DirectDialer;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.ports.WebProxyDialer;
import java.util.Optional;

/** Local sockets and dialing on the JDK's own channels, all on one thread. */
final class NioModule extends AbstractModule {

  private final DialLimits limits;
  private final Optional<String> connectFrom;

  /**
   * @param connectFrom the local address that connections to applications come from
   */
  NioModule(DialLimits limits, Optional<String> connectFrom) {
    this.limits = limits;
    this.connectFrom = connectFrom;
  }

  @Provides
  @Singleton
  NioLoop loop() {
    return new NioLoop();
  }

  @Provides
  @Singleton
  LocalSockets sockets(NioLoop loop) {
    return new NioLocalSockets(loop, limits, connectFrom);
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
