package io.iottunnel.adapters.nio;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.DialObserver;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** DNS and TCP: what all dialing begins with. */
final class TcpDialer {

  private final NioLoop loop;
  private final DialLimits limits;
  private final Optional<String> from;

  /**
   * @param from the local address, or a name of it, to connect from
   */
  TcpDialer(NioLoop loop, DialLimits limits, Optional<String> from) {
    this.loop = loop;
    this.limits = limits;
    this.from = from;
  }

  /**
   * Connects to the first address of {@code target} that takes us.
   *
   * @param scope what the connection belongs to
   * @param what the target in words, such as {@code web proxy proxy.example.com:3128}
   * @param remedy what to do when it cannot be reached
   * @return completes on the loop; fails with {@link UnreachableException}. Cancelling it closes
   *     what was opened
   */
  CompletableFuture<NioStream> dial(
      HostAndPort target, Scope scope, DialObserver observer, String what, String remedy) {
    TcpDial dial = new TcpDial(loop, limits, target, scope, observer, what, remedy);
    loop.execute(() -> dial.resolve(from));
    return dial.result();
  }
}
