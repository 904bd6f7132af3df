package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.iottunnel.adapters.nio.DialLimits;
import io.iottunnel.adapters.nio.NioLocalSockets;
import io.iottunnel.adapters.nio.NioLoop;
import io.iottunnel.ports.LocalSockets;
import java.util.Optional;

/** Clients and applications at TCP and Unix sockets. */
final class SocketsModule extends AbstractModule {

  private final DialLimits limits;
  private final Optional<String> connectFrom;

  /**
   * @param connectFrom the local address that connections to applications come from
   */
  SocketsModule(DialLimits limits, Optional<String> connectFrom) {
    this.limits = limits;
    this.connectFrom = connectFrom;
  }

  @Provides
  @Singleton
  LocalSockets sockets(NioLoop loop) {
    return new NioLocalSockets(loop, limits, connectFrom);
  }
}
