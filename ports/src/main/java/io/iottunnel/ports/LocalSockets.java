package io.iottunnel.ports;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.domain.UnreachableException;
import java.util.concurrent.CompletableFuture;

/**
 * The near side of the tunnel: listens for the clients of a source, connects to the applications of
 * a destination.
 *
 * <p>No method blocks; names are resolved on other threads. Futures complete on the adapter's own
 * threads.
 */
public interface LocalSockets extends AutoCloseable {

  /**
   * Listens at {@code endpoint} (port 0: any free port) and hands every client that connects to
   * {@code onClient}, on the adapter's thread, until the listener is paused or closed. A name is
   * resolved and its first address that can be bound is taken. A client that resets before it is
   * accepted, or a lack of file descriptors, never ends the listener; of such a lack {@code
   * onClient} is told. An endpoint of a kind that the adapter does not serve is a failure, here as
   * in {@link #connect}.
   *
   * @return the listener, accepting; fails with {@link ListenFailedException} that names the
   *     address and the reason
   */
  CompletableFuture<LocalListener> listen(Endpoint endpoint, LocalClients onClient);

  /**
   * Connects to the application at {@code endpoint}, trying every address of a name in turn.
   *
   * @return the connection; fails with {@link UnreachableException} that names each address and its
   *     reason. Cancelling the future gives up, and closes a connection that comes too late
   */
  CompletableFuture<Connected> connect(Endpoint endpoint);

  /** Closes every listener and connection that is still open, then the adapter's threads. */
  @Override
  void close();

  /**
   * An application that was reached.
   *
   * @param stream the connection
   * @param remote the address that answered, as {@code 127.0.0.1} and its port, or the path of a
   *     Unix socket and port 0
   */
  record Connected(ByteStream stream, Address remote) {}

  /**
   * A resolved local address.
   *
   * @param ip the IP literal, or the path of a Unix socket, or what else is listened on in words
   * @param port the TCP port, or 0 where there is none
   */
  record Address(String ip, int port) {}
}
