package io.iottunnel.testkit;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority that is made at run time, so that no key lies in a repository and no
 * certificate expires on a bad day. Every key is an EC key on P-256: made in a millisecond.
 *
 * <pre>{@code
 * TestCa ca = TestCa.create();
 * SSLContext server = ca.leaf("localhost", "127.0.0.1").serverContext();
 * SSLContext client = ca.clientContext();
 * }</pre>
 *
 * <p>A certificate that does not fit is as easy: {@code ca.leaf(Validity.EXPIRED, "localhost")}, or
 * a leaf for another name, or one of another authority.
 */
public final class TestCa {

  private static final Duration YEARS = Duration.ofDays(3650);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyPair keys;
  private final X509Certificate certificate;
  private final List<X509Certificate> chainAbove;
  private final X509Certificate root;

  /** When a certificate holds, seen from now. */
  public enum Validity {
    /** From yesterday to tomorrow. */
    NOW(Duration.ofDays(-1), Duration.ofDays(1)),
    /** Until yesterday. */
    EXPIRED(Duration.ofDays(-2), Duration.ofDays(-1)),
    /** From tomorrow on, as a device sees it whose clock was never set. */
    NOT_YET(Duration.ofDays(1), Duration.ofDays(2));

    private final Duration from;
    private final Duration until;

    Validity(Duration from, Duration until) {
      this.from = from;
      this.until = until;
    }
  }

  private TestCa(
      KeyPair keys,
      X509Certificate certificate,
      List<X509Certificate> chainAbove,
      X509Certificate root) {
    this.keys = keys;
    this.certificate = certificate;
    this.chainAbove = chainAbove;
    this.root = root;
  }

  /** A new root, named {@code Test Root CA}. */
  public static TestCa create() {
    return create("Test Root CA");
  }

  /**
   * A new root.
   *
   * @param commonName its subject's CN, which error messages may quote
   */
  public static TestCa create(String commonName) {
    KeyPair keys = newKeys();
    X500Principal name = distinguished(commonName);
    X509Certificate self = sign(authority(name, name, keys), keys);
    return new TestCa(keys, self, List.of(), self);
  }

  /** A new authority below this one. Its leaves bring it along in their chain. */
  public TestCa intermediate(String commonName) {
    KeyPair own = newKeys();
    X509Certificate issued =
        sign(
            authority(certificate.getSubjectX500Principal(), distinguished(commonName), own), keys);
    List<X509Certificate> above = new ArrayList<>(chainAbove);
    above.add(0, issued);
    return new TestCa(own, issued, List.copyOf(above), root);
  }

  /**
   * A key and a certificate for {@code names}, valid now.
   *
   * @param names DNS names and IP literals, all of them subject alternative names; the first one is
   *     the CN too
   */
  public TestIdentity leaf(String... names) {
    return leaf(Validity.NOW, names);
  }

  /** A key and a certificate for {@code names}, valid when {@code validity} says. */
  public TestIdentity leaf(Validity validity, String... names) {
    KeyPair own = newKeys();
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            certificate.getSubjectX500Principal(),
            serial(),
            Date.from(now.plus(validity.from)),
            Date.from(now.plus(validity.until)),
            distinguished(names[0]),
            own.getPublic());
    extend(builder, Extension.basicConstraints, new BasicConstraints(false));
    extend(builder, Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature));
    extend(
        builder,
        Extension.extendedKeyUsage,
        new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
    extend(builder, Extension.subjectAlternativeName, alternatives(names));
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(sign(builder, keys));
    chain.addAll(chainAbove);
    return new TestIdentity(own.getPrivate(), chain);
  }

  /** The certificate of this authority: the root's own, or the intermediate's. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The root in PEM, as {@code --capath} and OpenSSL take it. */
  public String rootPem() {
    return TestIdentity.pem("CERTIFICATE", TestIdentity.encoded(root));
  }

  /** Trusts this authority's root and nothing else. */
  public X509ExtendedTrustManager trustManager() {
    try {
      KeyStore trusted = TestIdentity.emptyKeyStore();
      trusted.setCertificateEntry("root", root);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      return (X509ExtendedTrustManager) trust.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** TLS for a client that trusts this authority's root and nothing else. */
  public SSLContext clientContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trustManager()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JcaX509v3CertificateBuilder authority(
      X500Principal issuer, X500Principal subject, KeyPair keys) {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            serial(),
            Date.from(now.minus(YEARS)),
            Date.from(now.plus(YEARS)),
            subject,
            keys.getPublic());
    extend(builder, Extension.basicConstraints, new BasicConstraints(true));
    extend(builder, Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return builder;
  }

  private static GeneralNames alternatives(String... names) {
    GeneralName[] all = new GeneralName[names.length];
    for (int i = 0; i < names.length; i++) {
      boolean literal = names[i].indexOf(':') >= 0 || names[i].matches("\\d+(\\.\\d+){3}");
      all[i] = new GeneralName(literal ? GeneralName.iPAddress : GeneralName.dNSName, names[i]);
    }
    return new GeneralNames(all);
  }

  private static void extend(
      JcaX509v3CertificateBuilder builder, ASN1ObjectIdentifier which, ASN1Encodable value) {
    try {
      boolean critical = !Extension.subjectAlternativeName.equals(which);
      builder.addExtension(which, critical, value);
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair issuer) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X500Principal distinguished(String commonName) {
    return new X500Principal("CN=" + commonName + ",O=Test");
  }

  private static BigInteger serial() {
    return new BigInteger(64, RANDOM).add(BigInteger.ONE);
  }
}
