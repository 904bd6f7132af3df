package io.iottunnel.adapters.nio;

import static io.iottunnel.adapters.nio.Bytes.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.domain.webproxy.WebProxy.Scheme;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdentityTest {

  private static final TestCa CA = TestCa.create("Corporate CA");
  private static final TestIdentity PROXY = CA.leaf("127.0.0.1");
  private static final TestIdentity DEVICE = CA.leaf("device-17");

  @TempDir private Path directory;
  private final NioLoop loop = new NioLoop();

  @AfterEach
  void close() {
    loop.close();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private ClientIdentity device() throws IOException {
    return ClientIdentity.read(
        write("device.pem", DEVICE.chainPem()), write("device.key", DEVICE.keyPem()));
  }

  private String refusal(String certificate, String key) throws IOException {
    Path certificateFile = write("some.pem", certificate);
    Path keyFile = write("some.key", key);
    String message =
        assertThrows(
                ConfigurationException.class, () -> ClientIdentity.read(certificateFile, keyFile))
            .getMessage();
    assertFalse(
        message.contains(DEVICE.keyPem().lines().toList().get(1)), "the key in: " + message);
    return message;
  }

  /** A web proxy that lets in whom the authority has certified, and says who it was. */
  private CompletableFuture<ByteStream> dial(
      LoopbackServer proxy, Optional<ClientIdentity> identity) {
    SSLContext tls = Trust.of(CA.trustManager()).context(identity);
    return new NioWebProxyDialer(loop, LineDialog::new, tls, DialLimits.DEFAULT)
        .dial(
            new WebProxy(
                Scheme.HTTPS, new HostAndPort("127.0.0.1", proxy.port()), Optional.empty()),
            new HostAndPort("service.example", 443),
            DialObserver.NONE);
  }

  private static LoopbackServer particular(String protocol) throws Exception {
    return new LoopbackServer(
        LoopbackServer.tls(
            PROXY.serverContext(CA.trustManager()),
            peer -> {
              peer.setEnabledProtocols(new String[] {protocol});
              peer.setNeedClientAuth(true);
              serve(peer);
            }));
  }

  private static void serve(SSLSocket peer) {
    try {
      peer.startHandshake();
      String subject = peer.getSession().getPeerPrincipal().getName();
      Bytes.line(peer);
      Bytes.say(peer, subject.contains("device-17") ? "YES\n" : "NO\n");
      assertEquals(-1, peer.getInputStream().read());
    } catch (IOException e) {
      // Whoever shows nothing is sent away by an alert; the test sees that at its own end.
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void aWebProxyThatAsksIsShownTheCertificate(String protocol) throws Exception {
    try (LoopbackServer proxy = particular(protocol)) {
      soon(dial(proxy, Optional.of(device()))).close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void aWebProxyThatIsShownNothingSaysSoAndTheRemedyIsNamed(String protocol) throws Exception {
    try (LoopbackServer proxy = particular(protocol)) {
      CompletableFuture<ByteStream> dialed = dial(proxy, Optional.empty());
      WebProxyRefusedException refused =
          assertInstanceOf(
              WebProxyRefusedException.class,
              assertThrows(ExecutionException.class, () -> soon(dialed)).getCause());
      assertTrue(
          refused.getMessage().endsWith("with --web-proxy-cert and --web-proxy-key"),
          refused.getMessage());
      assertEquals(Retry.AFTER_A_SESSION, refused.retry());
    }
  }

  @Test
  void theKeyOfAnotherCertificateIsRefused() throws Exception {
    String message = refusal(DEVICE.chainPem(), PROXY.keyPem());
    assertTrue(message.contains("some.key: it does not belong to the certificate"), message);
  }

  @Test
  void olderAndEncryptedFormsOfKeysAreRefusedWithTheWayToConvertThem() throws Exception {
    String old = refusal(DEVICE.chainPem(), DEVICE.keyPem().replace("PRIVATE", "EC PRIVATE"));
    assertTrue(old.contains("it is in the older form 'EC PRIVATE KEY'"), old);
    assertTrue(old.contains("openssl pkcs8 -topk8 -nocrypt"), old);

    String locked =
        refusal(DEVICE.chainPem(), DEVICE.keyPem().replace("PRIVATE", "ENCRYPTED PRIVATE"));
    assertTrue(locked.contains("it is encrypted"), locked);
  }

  @Test
  void filesWithoutWhatIsLookedForAreRefusedByName() throws Exception {
    String noKey = refusal(DEVICE.chainPem(), DEVICE.chainPem());
    assertTrue(noKey.contains("some.key: there is no private key in PEM in it"), noKey);

    String noCertificate = refusal(DEVICE.keyPem(), DEVICE.keyPem());
    assertTrue(noCertificate.contains("some.pem: there is no certificate in it"), noCertificate);

    String damaged =
        refusal(DEVICE.chainPem(), DEVICE.keyPem().replaceFirst("\n[^-]{20}", "\nAAAA"));
    assertTrue(damaged.contains("some.key: it is damaged"), damaged);
  }

  @Test
  void theKeyIsNotShown() throws Exception {
    assertTrue(device().toString().startsWith("ClientIdentity["), device().toString());
    assertFalse(device().toString().contains("key"), device().toString());
  }
}
