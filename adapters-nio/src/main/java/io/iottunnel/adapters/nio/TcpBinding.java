package io.iottunnel.adapters.nio;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.ListenFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.StringJoiner;

/**
 * Binds TCP sockets. SO_REUSEADDR is as the JDK sets it: on where it only means that connections of
 * the past do not keep the port (POSIX), off where it would let two programs share it (Windows).
 */
final class TcpBinding {

  /** How many clients may wait to be accepted; the system may allow fewer. */
  static final int BACKLOG = 1024;

  private TcpBinding() {}

  /**
   * A socket bound to the first of {@code addresses} that this machine has. An address that it has,
   * but whose port is taken or forbidden, ends the search: to listen elsewhere would leave the
   * clients with somebody else.
   *
   * @throws ListenFailedException with what failed at each address
   */
  static ServerSocketChannel bind(HostAndPort wanted, List<InetAddress> addresses) {
    StringJoiner failures = new StringJoiner(" and ");
    Exception last = new SocketException("no address");
    for (InetAddress address : addresses) {
      try {
        return bind(new InetSocketAddress(address, wanted.port()));
      } catch (IOException | UnsupportedAddressTypeException e) {
        last = e;
        failures.add(
            new HostAndPort(address.getHostAddress(), wanted.port()) + ": " + Reason.of(e));
        if (isOurs(address)) {
          break;
        }
      }
    }
    throw new ListenFailedException(
        "cannot listen on "
            + failures
            + "; choose an address of this machine and a port that is free (0: any) and, for most"
            + " users, above 1023",
        last);
  }

  private static ServerSocketChannel bind(InetSocketAddress address) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      return channel.bind(address, BACKLOG);
    } catch (IOException | RuntimeException e) {
      Quietly.close(channel);
      throw e;
    }
  }

  private static boolean isOurs(InetAddress address) {
    try {
      bind(new InetSocketAddress(address, 0)).close();
      return true;
    } catch (IOException | UnsupportedAddressTypeException e) {
      return false;
    }
  }

  /** Where {@code channel} is bound. */
  static InetSocketAddress addressOf(ServerSocketChannel channel) {
    return (InetSocketAddress) channel.socket().getLocalSocketAddress();
  }
}
