package io.iottunnel.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A private key and the certificate that goes with it, made by a {@link TestCa}.
 *
 * @param key the private key
 * @param chain the certificate, then those of the authorities above it but the root
 */
public record TestIdentity(PrivateKey key, List<X509Certificate> chain) {

  private static final char[] NO_PASSWORD = new char[0];
  private static final int KEY_BITS = 256;

  public TestIdentity {
    chain = List.copyOf(chain);
  }

  /** The certificate itself. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /**
   * TLS for a server that shows this identity.
   *
   * @param clients whom it trusts as a client, where it asks for certificates
   */
  public SSLContext serverContext(TrustManager... clients) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), clients, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What shows this identity, to clients or to servers. */
  public KeyManager[] keyManagers() {
    try {
      KeyStore store = emptyKeyStore();
      store.setKeyEntry("key", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      return keys.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The chain in PEM, leaf first. */
  public String chainPem() {
    StringBuilder text = new StringBuilder();
    for (X509Certificate each : chain) {
      text.append(pem("CERTIFICATE", encoded(each)));
    }
    return text.toString();
  }

  /**
   * The key in PEM (PKCS #8, not encrypted), the public key within (RFC 5915): the JDK leaves it
   * out, and GnuTLS, which is what some web proxies are built with, refuses to do without.
   */
  public String keyPem() {
    try {
      PrivateKeyInfo bare = PrivateKeyInfo.getInstance(key.getEncoded());
      ASN1Encodable parameters = bare.getPrivateKeyAlgorithm().getParameters();
      SubjectPublicKeyInfo publicKey =
          SubjectPublicKeyInfo.getInstance(certificate().getPublicKey().getEncoded());
      ECPrivateKey whole =
          new ECPrivateKey(
              KEY_BITS,
              ECPrivateKey.getInstance(bare.parsePrivateKey()).getKey(),
              publicKey.getPublicKeyData(),
              parameters);
      return pem(
          "PRIVATE KEY", new PrivateKeyInfo(bare.getPrivateKeyAlgorithm(), whole).getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes {@code chain.pem} and {@code key.pem} into {@code directory}, for programs that take
   * files.
   */
  public void writeTo(Path directory) {
    try {
      Files.writeString(directory.resolve("chain.pem"), chainPem());
      Files.writeString(directory.resolve("key.pem"), keyPem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "TestIdentity[" + certificate().getSubjectX500Principal() + "]";
  }

  static String pem(String kind, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
  }

  static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Never written: of a kind that does not hash the missing password ten thousand times. */
  static KeyStore emptyKeyStore() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, NO_PASSWORD);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
