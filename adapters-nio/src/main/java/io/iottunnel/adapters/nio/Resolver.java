package io.iottunnel.adapters.nio;

import io.iottunnel.domain.HostAndPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Names to addresses. The JDK's resolver blocks, so it runs beside the loop; literals and {@code
 * localhost} need no resolver.
 */
final class Resolver {

  private final NioLoop loop;
  private final Duration limit;

  Resolver(NioLoop loop, Duration limit) {
    this.loop = loop;
    this.limit = limit;
  }

  /**
   * The addresses of {@code host}, at least one, in the order in which they are to be tried. To be
   * called on the loop.
   *
   * @return completes on the loop, possibly at once; fails with {@link UnknownHostException}
   */
  CompletableFuture<List<InetAddress>> resolve(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      // RFC 6761 section 6.3: always loopback, whatever a resolver would say.
      return CompletableFuture.completedFuture(List.of(loopback(4), loopback(16)));
    }
    if (!needsNoResolver(host)) {
      return BlockingWork.begin(
          loop,
          limit,
          () -> new UnknownHostException("DNS gave no answer in " + DialLimits.words(limit)),
          () -> addressesOf(host));
    }
    try {
      return CompletableFuture.completedFuture(addressesOf(host));
    } catch (UnknownHostException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static List<InetAddress> addressesOf(String host) throws UnknownHostException {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      throw new UnknownHostException("DNS knows no such name");
    }
  }

  /** IPv6 literals never reach a resolver; what only looks like IPv4 ({@code 300.1.1.1}) would. */
  private static boolean needsNoResolver(String host) {
    HostAndPort address = new HostAndPort(host, 0);
    if (!address.isIpLiteral() || address.isIpv6Literal()) {
      return address.isIpv6Literal();
    }
    for (String octet : host.split("\\.", -1)) {
      if (Integer.parseInt(octet) > 255) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress loopback(int length) {
    byte[] address = new byte[length];
    address[length - 1] = 1;
    if (length == 4) {
      address[0] = 127;
    }
    try {
      return InetAddress.getByAddress("localhost", address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // 4 and 16 bytes are addresses
    }
  }
}
