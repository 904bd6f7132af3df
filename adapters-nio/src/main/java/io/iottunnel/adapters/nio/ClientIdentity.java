package io.iottunnel.adapters.nio;

import io.iottunnel.domain.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * What a TLS client shows of itself when it is asked (RFC 8446 section 4.4.2): a certificate, with
 * those of the authorities between it and the one that the server trusts, and proves by the private
 * key. Immutable.
 */
public final class ClientIdentity {

  private static final char[] NO_PASSWORD = {};

  private final PrivateKey key;
  private final List<X509Certificate> chain;

  private ClientIdentity(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = chain;
  }

  /**
   * Reads an identity from files.
   *
   * @param certificates PEM, the client's own certificate first, those above it behind it; or that
   *     one in DER
   * @param key the private key that belongs to it: PEM, PKCS #8, not encrypted
   * @throws ConfigurationException naming the file, what is wrong with it and what to do
   */
  public static ClientIdentity read(Path certificates, Path key) {
    List<X509Certificate> chain = chain(certificates);
    PrivateKey read = PrivateKeyFile.read(key, chain.get(0).getPublicKey());
    return new ClientIdentity(read, chain);
  }

  private static List<X509Certificate> chain(Path file) {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (EncodedCertificate each : CertificateFiles.inFile(file)) {
        chain.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(each.bytes())));
      }
    } catch (IOException | CertificateParsingException e) {
      throw new ConfigurationException(unusable(file, Reason.of(e)), e);
    } catch (CertificateException e) {
      throw new ConfigurationException(
          unusable(file, "a certificate in it is damaged (" + Reason.of(e) + ")"), e);
    }
    if (chain.isEmpty()) {
      throw new ConfigurationException(unusable(file, "there is no certificate in it"));
    }
    return List.copyOf(chain);
  }

  private static String unusable(Path file, String reason) {
    return "cannot use the client certificate in "
        + file
        + ": "
        + reason
        + "; allowed is PEM, the certificate itself first and those of its authorities behind it, or"
        + " one certificate in DER";
  }

  KeyManager[] keyManagers() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(new Certificate[0]));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers();
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "ClientIdentity[" + chain.get(0).getSubjectX500Principal() + "]";
  }
}
