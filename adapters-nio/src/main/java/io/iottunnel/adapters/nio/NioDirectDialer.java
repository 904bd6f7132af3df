package io.iottunnel.adapters.nio;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.DirectDialer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Reaches the service by DNS and TCP, on a {@link NioLoop}. */
public final class NioDirectDialer implements DirectDialer {

  private final NioLoop loop;
  private final TcpDialer tcp;

  public NioDirectDialer(NioLoop loop) {
    this(loop, DialLimits.DEFAULT);
  }

  public NioDirectDialer(NioLoop loop, DialLimits limits) {
    this.loop = loop;
    this.tcp = TcpDialer.ofTunnel(loop, limits);
  }

  @Override
  public CompletableFuture<ByteStream> dial(HostAndPort service, DialObserver observer) {
    return Handover.of(
        tcp.dial(
            service,
            loop.scope(),
            observer,
            "service " + service,
            "where only a web proxy leads out of the network, name it in HTTPS_PROXY"),
        Function.identity());
  }
}
