package io.iottunnel.ports;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Who answered a TLS handshake.
 *
 * @param protocol the version that was agreed upon, such as {@code TLSv1.3}
 * @param chain the certificates that were shown, the peer's own first; empty where it showed none
 */
public record TlsPeer(String protocol, List<X509Certificate> chain) {

  public TlsPeer {
    chain = List.copyOf(chain);
  }

  /** The peer of a session whose handshake is over. */
  public static TlsPeer of(SSLSession session) {
    return new TlsPeer(
        session.getProtocol(),
        Stream.of(shown(session))
            .filter(X509Certificate.class::isInstance)
            .map(X509Certificate.class::cast)
            .toList());
  }

  private static Certificate[] shown(SSLSession session) {
    try {
      return session.getPeerCertificates();
    } catch (SSLPeerUnverifiedException e) {
      return new Certificate[0]; // that is what it means
    }
  }
}
