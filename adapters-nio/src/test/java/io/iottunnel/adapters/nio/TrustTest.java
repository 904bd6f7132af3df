package io.iottunnel.adapters.nio;

import static io.iottunnel.adapters.nio.Bytes.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.TlsClient;
import io.iottunnel.ports.TlsFailures;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.TestCa.Validity;
import io.iottunnel.testkit.TestIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {

  /** Where RFC 5280 section 4.2.1.3 has it. */
  private static final int DIGITAL_SIGNATURE = 0;

  private static final TestCa CA = TestCa.create("Corporate CA");
  private static final TestIdentity LEAF = CA.leaf("localhost", "127.0.0.1", "::1");

  @TempDir private Path directory;
  private final NioLoop loop = new NioLoop();

  @AfterEach
  void close() {
    loop.close();
  }

  /** A platform on which nothing is trusted but what the JDK trusts. */
  private static Trust platform(Map<String, String> environment) {
    return Trust.ofPlatform(environment, "Linux", List.of());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  /** Shakes hands with a server that shows {@code identity}; fails as the handshake does. */
  private void shakeHands(SSLContext client, String host, TestIdentity identity) throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(LoopbackServer.tls(identity.serverContext(), TrustTest::serve))) {
      ByteStream tcp =
          soon(
              new NioDirectDialer(loop)
                  .dial(new HostAndPort("127.0.0.1", server.port()), DialObserver.NONE));
      TlsStream secured =
          soon(
              TlsHandshake.begin(
                  loop, tcp, TlsClient.engine(client, new HostAndPort(host, server.port()), true)));
      secured.close();
    }
  }

  private static void serve(SSLSocket peer) {
    try {
      assertEquals(-1, peer.getInputStream().read());
    } catch (IOException e) {
      // A client that does not trust us says so, and is gone; the test sees that at its own end.
    }
  }

  private CertificateNotTrustedException refusal(
      SSLContext client, String host, TestIdentity identity) {
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> shakeHands(client, host, identity));
    return TlsFailures.certificateNotTrusted(failure.getCause(), "the server").orElseThrow();
  }

  @Test
  void anAddedAuthorityIsTrustedInEveryFormOfFile() throws Exception {
    Path pem = write("ca.txt", "a comment\n" + TestCa.create().rootPem() + CA.rootPem());
    Path der = Files.write(directory.resolve("ca.der"), CA.certificate().getEncoded());
    for (Path file : List.of(pem, der)) {
      SSLContext context = platform(Map.of()).plus(file).context();
      shakeHands(context, "localhost", LEAF);
      shakeHands(context, "127.0.0.1", LEAF);
      shakeHands(context, "::1", LEAF);
    }
  }

  @Test
  void aDirectoryIsSearchedForTheNamesOfCertificates() throws Exception {
    for (String name : List.of("ca.pem", "CA.CRT", "ca.cer", "1a2b3c4d.0")) {
      Path place = Files.createDirectory(directory.resolve("in-" + name));
      Files.writeString(place.resolve(name), CA.rootPem());
      Files.writeString(place.resolve("other.pem"), "for another program");
      shakeHands(platform(Map.of()).plus(place).context(), "localhost", LEAF);
    }
  }

  @Test
  void anAuthorityVouchesThroughAnIntermediate() throws Exception {
    Path ca = write("ca.pem", CA.rootPem());
    shakeHands(
        platform(Map.of()).plus(ca).context(),
        "localhost",
        CA.intermediate("Below").leaf("localhost"));
  }

  @Test
  void aServersOwnCertificateCanBeTrustedByItself() throws Exception {
    Path own = write("own.pem", LEAF.chainPem());
    shakeHands(platform(Map.of()).plus(own).context(), "localhost", LEAF);
  }

  @Test
  void theVariablesOfOpensslAreHonoured() throws Exception {
    Path file = write("ca.pem", CA.rootPem());
    shakeHands(platform(Map.of("SSL_CERT_FILE", file.toString())).context(), "localhost", LEAF);
    shakeHands(
        platform(Map.of("SSL_CERT_DIR", "/nowhere:" + directory)).context(), "localhost", LEAF);
  }

  @Test
  void theFirstSystemBundleThatExistsIsTrustedUnlessAVariableTakesItsPlace() throws Exception {
    List<Path> bundles = List.of(Path.of("/nowhere"), write("bundle.crt", CA.rootPem()));
    shakeHands(Trust.ofPlatform(Map.of(), "Linux", bundles).context(), "localhost", LEAF);

    Path other = write("other.pem", TestCa.create("Another").rootPem());
    refusal(
        Trust.ofPlatform(Map.of("SSL_CERT_FILE", other.toString()), "Linux", bundles).context(),
        "localhost",
        LEAF);
  }

  @Test
  void anAuthorityOfACompanyIsNotPublicWhoeverTrustsIt() {
    assertFalse(Trust.isOfPublicAuthority(LEAF.chain()));
  }

  @Test
  void theAuthoritiesOfTheJdkArePublic() throws Exception {
    TrustManagerFactory jdk =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    jdk.init((KeyStore) null);
    X509Certificate one =
        Stream.of(Anchors.extended(jdk).getAcceptedIssuers())
            .filter(root -> root.getKeyUsage() != null && root.getKeyUsage()[DIGITAL_SIGNATURE])
            .findFirst()
            .orElseThrow();

    assertTrue(Trust.isOfPublicAuthority(List.of(one)), one::toString);
  }

  @Test
  void anUnknownIssuerIsNamedWithTheRemedy() throws Exception {
    CertificateNotTrustedException refusal =
        refusal(platform(Map.of()).context(), "localhost", LEAF);

    String fingerprint =
        HexFormat.ofDelimiter(":")
            .withUpperCase()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(LEAF.certificate().getEncoded()));
    assertEquals(
        "the certificate of the server is not trusted: it was issued to CN=localhost,O=Test by"
            + " CN=Corporate CA,O=Test (SHA-256 "
            + fingerprint
            + "); nobody who is trusted here has issued it; if a web proxy inspects TLS on the way,"
            + " or this is the web proxy's own, ask those who run it for its CA certificate and give"
            + " it with -c FILE (for the web proxy alone: --web-proxy-ca FILE)",
        refusal.getMessage());
    assertEquals(Retry.AFTER_A_SESSION, refusal.retry());
  }

  @Test
  void anAuthorityOfTheSameNameWithAnotherKeyVouchesForNobody() throws Exception {
    Path impostor = write("ca.pem", TestCa.create("Corporate CA").rootPem());
    refusal(platform(Map.of()).plus(impostor).context(), "localhost", LEAF);
  }

  @Test
  void aWrongNameIsToldFromAnUnknownIssuerAndTheRightOnesAreListed() throws Exception {
    Path ca = write("ca.pem", CA.rootPem());
    CertificateNotTrustedException refusal =
        refusal(platform(Map.of()).plus(ca).context(), "proxy.example.com", LEAF);

    assertTrue(
        refusal
            .getMessage()
            .contains(
                "; it is not for proxy.example.com but for localhost, 127.0.0.1, 0:0:0:0:0:0:0:1"),
        refusal::getMessage);
    assertEquals(Retry.AFTER_A_SESSION, refusal.retry());
  }

  @Test
  void wrongDatesPointAtTheClockAndAreRetried() throws Exception {
    SSLContext context = platform(Map.of()).plus(write("ca.pem", CA.rootPem())).context();

    TestIdentity expired = CA.leaf(Validity.EXPIRED, "localhost");
    CertificateNotTrustedException past = refusal(context, "localhost", expired);
    assertTrue(
        past.getMessage()
            .contains(
                "; it expired at "
                    + expired.certificate().getNotAfter().toInstant()
                    + ", and this device's clock says "),
        past::getMessage);
    assertEquals(Retry.WITH_BACKOFF, past.retry());

    TestIdentity early = CA.leaf(Validity.NOT_YET, "localhost");
    CertificateNotTrustedException future = refusal(context, "localhost", early);
    assertTrue(
        future
            .getMessage()
            .contains("; it is not valid before " + early.certificate().getNotBefore().toInstant()),
        future::getMessage);
    assertEquals(Retry.WITH_BACKOFF, future.retry());
  }

  @Test
  void aSourceThatCannotBeUsedIsNamedInTheRefusal() {
    CertificateNotTrustedException refusal =
        refusal(platform(Map.of("SSL_CERT_FILE", "/nowhere/ca.pem")).context(), "localhost", LEAF);
    assertTrue(
        refusal.getMessage().contains("(what could not be used: /nowhere/ca.pem: "),
        refusal::getMessage);
  }

  @Test
  void checkingNothingTrustsAnybodyUnderAnyName() throws Exception {
    shakeHands(Trust.checkingNothing(), "proxy.example.com", CA.leaf(Validity.EXPIRED, "other"));
  }

  @Test
  void whatCannotBeReadOrHoldsNoCertificateIsRefusedAtOnceByItsPath() throws Exception {
    Path missing = directory.resolve("missing.pem");
    Path empty = write("empty.pem", "");
    Path key = write("key.pem", LEAF.keyPem());
    Path bare = Files.createDirectory(directory.resolve("bare"));
    byte[] der = CA.certificate().getEncoded();
    Path cut = Files.write(directory.resolve("cut.der"), Arrays.copyOf(der, 100));
    Path damaged = write("damaged.pem", CA.rootPem() + CA.rootPem().replaceFirst("MI", "??"));

    for (Path path : List.of(missing, empty, key, bare, cut, damaged)) {
      String message =
          assertThrows(ConfigurationException.class, () -> platform(Map.of()).plus(path))
              .getMessage();
      assertTrue(message.startsWith("cannot trust the certificates in " + path + ": "), message);
      assertTrue(message.contains("allowed is a file, PEM "), message);
    }
  }

  @Test
  void whomTheJdkTrustsIsTrustedToo() throws Exception {
    char[] password = "changeit".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", CA.certificate());
    Path file = directory.resolve("store.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password);
    }
    System.setProperty("javax.net.ssl.trustStore", file.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
    try {
      shakeHands(platform(Map.of()).context(), "localhost", LEAF);
    } finally {
      System.clearProperty("javax.net.ssl.trustStore");
      System.clearProperty("javax.net.ssl.trustStorePassword");
    }
  }
}
