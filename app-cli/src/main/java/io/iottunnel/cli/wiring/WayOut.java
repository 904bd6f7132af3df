package io.iottunnel.cli.wiring;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.engine.LocalProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import java.util.concurrent.CompletableFuture;

/** How the service is reached from here. */
interface WayOut {

  /** Tells the local proxy. */
  void lead(LocalProxy.Builder localProxy);

  /** Goes that way. */
  CompletableFuture<ByteStream> dial(HostAndPort service, DialObserver observer);
}
