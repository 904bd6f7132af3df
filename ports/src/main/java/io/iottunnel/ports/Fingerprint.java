package io.iottunnel.ports;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** How people compare certificates. */
public final class Fingerprint {

  private static final HexFormat FORM = HexFormat.ofDelimiter(":").withUpperCase();

  private Fingerprint() {}

  /** The SHA-256 of a certificate, as {@code openssl x509 -fingerprint} writes it. */
  public static String sha256(X509Certificate certificate) {
    try {
      return FORM.formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      // Every JDK has it, and a certificate that came by TLS was decoded from its encoding.
      throw new IllegalStateException(e);
    }
  }
}
