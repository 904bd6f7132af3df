package io.iottunnel.ports;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.UnreachableException;
import java.util.concurrent.CompletableFuture;

/**
 * Tries TLS to the service without asking it for anything, so that a way can be examined without an
 * access token. What implements {@link TunnelTransport} implements this by the same TLS: whom it
 * trusts, what it sends and how long it waits are what they are for a tunnel.
 */
public interface TlsProbe {

  /**
   * Speaks TLS to {@code service} over {@code way}, as {@link TunnelTransport#open} begins, and
   * then says good-bye: not one byte is sent within TLS. Does not block. {@code way} belongs to the
   * probe and is closed at its end, however it ends.
   *
   * @return who answered; fails with {@link CertificateNotTrustedException}, or with {@link
   *     UnreachableException} for everything that broke or stayed silent. Cancelling the future
   *     closes {@code way}
   */
  CompletableFuture<TlsPeer> probe(ByteStream way, HostAndPort service);
}
