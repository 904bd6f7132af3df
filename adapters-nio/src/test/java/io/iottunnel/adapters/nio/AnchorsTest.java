package io.iottunnel.adapters.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.testkit.TestCa;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class AnchorsTest {

  private static Anchors anchors(X509Certificate... certificates) throws Exception {
    List<EncodedCertificate> encoded = new java.util.ArrayList<>();
    for (X509Certificate each : certificates) {
      encoded.add(EncodedCertificate.of(each.getEncoded()));
    }
    return new Anchors(encoded);
  }

  @Test
  void onlyThoseThatAChainNamesAreDecoded() throws Exception {
    TestCa ca = TestCa.create("Named");
    Anchors anchors = anchors(TestCa.create("Other").certificate(), ca.certificate());
    X509Certificate[] chain = {ca.leaf("localhost").certificate()};

    assertArrayEquals(
        new X509Certificate[] {ca.certificate()},
        anchors.namedBy(chain).orElseThrow().getAcceptedIssuers());
    assertEquals(2, anchors.all().orElseThrow().getAcceptedIssuers().length);
    assertTrue(anchors(TestCa.create("Other").certificate()).namedBy(chain).isEmpty());
  }

  @Test
  void aNameThatTheChainEncodesInAnotherWayIsFoundAmongAll() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
    X500Name name = name(new DERPrintableString("Corporate CA"));
    X500Name sameName = name(new DERUTF8String("Corporate CA"));
    X509Certificate root = signed(keys, name, name);
    X509Certificate[] chain = {signed(keys, sameName, name(new DERUTF8String("leaf")))};
    Anchors anchors = anchors(root);

    assertTrue(anchors.namedBy(chain).isEmpty(), "not to be found by its bytes");
    anchors.all().orElseThrow().checkServerTrusted(chain, "UNKNOWN");
    new CheckingTrustManager(List.of(c -> anchors.namedBy(c), c -> anchors.all()))
        .checkServerTrusted(chain, "UNKNOWN");
  }

  @Test
  void whatIsNotOneWholeCertificateIsRefused() throws Exception {
    byte[] der = TestCa.create().certificate().getEncoded();
    for (int length = 0; length < der.length; length++) {
      byte[] cut = Arrays.copyOf(der, length);
      assertThrows(CertificateParsingException.class, () -> EncodedCertificate.of(cut));
    }
    byte[] longer = Arrays.copyOf(der, der.length + 1);
    assertThrows(CertificateParsingException.class, () -> EncodedCertificate.of(longer));
    assertArrayEquals(der, EncodedCertificate.of(der).bytes());
  }

  private static X500Name name(ASN1Encodable commonName) {
    return new X500Name(new RDN[] {new RDN(BCStyle.CN, commonName)});
  }

  private static X509Certificate signed(KeyPair keys, X500Name issuer, X500Name subject)
      throws Exception {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            BigInteger.ONE,
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            subject,
            keys.getPublic());
    builder.addExtension(
        Extension.basicConstraints, true, new BasicConstraints(issuer.equals(subject)));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }
}
