package io.iottunnel.ports;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.UnreachableException;
import java.util.concurrent.CompletableFuture;

/**
 * Opens a way to the service without a web proxy: DNS and TCP. TLS to the service is still to come.
 */
public interface DirectDialer {

  /**
   * Connects to {@code service}, trying every address of its name. Does not block.
   *
   * @return the stream; fails with {@link UnreachableException}. Cancelling the future closes what
   *     was opened
   */
  CompletableFuture<ByteStream> dial(HostAndPort service, DialObserver observer);
}
