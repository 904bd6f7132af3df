package io.iottunnel.ports;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import java.util.concurrent.CompletableFuture;

/**
 * Opens a way to the service through a web proxy, by HTTP CONNECT (RFC 9110 section 9.3.6).
 *
 * <p>The stream that is handed over begins right behind the web proxy's answer: not one byte of the
 * service is lost, and TLS to the service is still to come. TLS to the web proxy itself, where its
 * scheme asks for it, lies beneath the stream and is the dialer's affair.
 *
 * <p>The service's name is not resolved here: the web proxy does that. Every address of the web
 * proxy is tried, and every stage has its own time limit. {@link #dial} does not block; futures
 * complete and observers are called on the dialer's own threads.
 */
public interface WebProxyDialer {

  /**
   * Asks {@code proxy} for a tunnel to {@code service}.
   *
   * @return the stream; fails with {@link WebProxyRefusedException} when the web proxy answered and
   *     did not open the tunnel, {@link CertificateNotTrustedException} when its certificate did
   *     not pass, {@link UnreachableException} when it could not be reached, fell silent or went
   *     away. Cancelling the future closes what was opened
   */
  CompletableFuture<ByteStream> dial(WebProxy proxy, HostAndPort service, DialObserver observer);
}
