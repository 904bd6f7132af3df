package io.iottunnel.adapters.nio;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.DialObserver;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** DNS and TCP: what all dialing begins with. */
final class TcpDialer {

  /**
   * What the system may hold in each direction of the one connection that carries all others, in
   * bytes. Left to itself it takes several MiB where the way is slow, and a keystroke would wait
   * behind all of it: connections take turns before it, and nobody overtakes within. In exchange
   * one round trip carries no more than this: at 100 ms, 1.3 MB/s.
   */
  static final int SHARED = 128 * 1024;

  private final NioLoop loop;
  private final DialLimits limits;
  private final Optional<String> from;
  private final OptionalInt buffers;

  /** Dials what a tunnel goes through: the service or the web proxy before it. */
  static TcpDialer ofTunnel(NioLoop loop, DialLimits limits) {
    return new TcpDialer(loop, limits, Optional.empty(), OptionalInt.of(SHARED));
  }

  /**
   * Dials applications.
   *
   * @param from the local address, or a name of it, to connect from
   */
  static TcpDialer ofApplications(NioLoop loop, DialLimits limits, Optional<String> from) {
    return new TcpDialer(loop, limits, from, OptionalInt.empty());
  }

  private TcpDialer(NioLoop loop, DialLimits limits, Optional<String> from, OptionalInt buffers) {
    this.loop = loop;
    this.limits = limits;
    this.from = from;
    this.buffers = buffers;
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
    TcpDial dial = new TcpDial(loop, limits, buffers, target, scope, observer, what, remedy);
    loop.execute(() -> dial.resolve(from));
    return dial.result();
  }
}
