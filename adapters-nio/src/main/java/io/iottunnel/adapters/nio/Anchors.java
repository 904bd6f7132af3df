package io.iottunnel.adapters.nio;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Certificates that are trusted, found by their names. */
final class Anchors {

  private final Map<ByteBuffer, Set<EncodedCertificate>> bySubject = new HashMap<>();

  Anchors(Collection<EncodedCertificate> certificates) {
    for (EncodedCertificate each : certificates) {
      bySubject.computeIfAbsent(each.subject(), subject -> new LinkedHashSet<>()).add(each);
    }
  }

  /**
   * A trust manager of those that {@code chain} names, as an issuer or by itself. No other anchor
   * can make a difference to it, unless one and the same name is encoded in two ways: then only
   * {@link #all} helps.
   */
  Optional<X509ExtendedTrustManager> namedBy(X509Certificate[] chain)
      throws GeneralSecurityException {
    Set<EncodedCertificate> named = new LinkedHashSet<>();
    for (X509Certificate each : chain) {
      named.addAll(of(each.getIssuerX500Principal().getEncoded()));
      named.addAll(of(each.getSubjectX500Principal().getEncoded()));
    }
    return trusting(named);
  }

  /** A trust manager of all of them. */
  Optional<X509ExtendedTrustManager> all() throws GeneralSecurityException {
    Set<EncodedCertificate> all = new LinkedHashSet<>();
    bySubject.values().forEach(all::addAll);
    return trusting(all);
  }

  private Set<EncodedCertificate> of(byte[] subject) {
    return bySubject.getOrDefault(ByteBuffer.wrap(subject), Set.of());
  }

  private static Optional<X509ExtendedTrustManager> trusting(Set<EncodedCertificate> certificates)
      throws GeneralSecurityException {
    Set<TrustAnchor> anchors = new HashSet<>();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    for (EncodedCertificate each : certificates) {
      try {
        anchors.add(
            new TrustAnchor(
                (X509Certificate)
                    factory.generateCertificate(new ByteArrayInputStream(each.bytes())),
                null));
      } catch (CertificateException e) {
        // The JDK cannot read it, so it can vouch for nobody.
      }
    }
    return anchors.isEmpty() ? Optional.empty() : Optional.of(trustManager(anchors));
  }

  private static X509ExtendedTrustManager trustManager(Set<TrustAnchor> anchors)
      throws GeneralSecurityException {
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, null);
    parameters.setRevocationEnabled(false); // as the JDK's default: a device may reach no CRL
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters));
    return extended(factory);
  }

  /** The trust manager that {@code factory}, once set up, gives. */
  static X509ExtendedTrustManager extended(TrustManagerFactory factory) {
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }
}
