package io.iottunnel.ports;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.UnreachableException;
import java.util.concurrent.CompletableFuture;

/**
 * The WebSocket (RFC 6455) to the service, over TLS, over a stream that a dialer opened. It carries
 * binary frames whose content it does not know.
 *
 * <p>Redirects are never followed: the access token goes to the service that was asked for and
 * nowhere else.
 */
public interface TunnelTransport extends AutoCloseable {

  /**
   * Speaks TLS to the service over {@code way} (TLS 1.2 or later, SNI, host name checked), then
   * upgrades to a WebSocket. Does not block. {@code way} belongs to the transport from here on,
   * also when this fails.
   *
   * @param listener is told of everything that happens on the session; its {@link
   *     SessionListener#secured} may be called before the future completes, everything else comes
   *     after
   * @return the session, from which nothing has been received yet; fails with {@link
   *     CertificateNotTrustedException}, {@link HandshakeRejectedException} when the answer was not
   *     101, {@link UnreachableException} for everything that broke or stayed silent. Cancelling
   *     the future closes {@code way}
   */
  CompletableFuture<TunnelSession> open(
      ByteStream way, UpgradeRequest request, SessionListener listener);

  /** Ends every session that is still open, then the transport's own threads. */
  @Override
  void close();
}
