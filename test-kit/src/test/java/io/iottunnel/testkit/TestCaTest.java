package io.iottunnel.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCaTest {

  private final TestCa ca = TestCa.create();

  @Test
  void aLeafForANameAndAnAddressIsTrustedByBoth() {
    TestIdentity leaf = ca.leaf("localhost", "127.0.0.1");

    assertDoesNotThrow(() -> handshake(leaf, ca.clientContext(), "localhost"));
    assertDoesNotThrow(() -> handshake(leaf, ca.clientContext(), "127.0.0.1"));
  }

  @Test
  void aLeafForAnotherNameIsNot() {
    TestIdentity leaf = ca.leaf("other.example.com");

    assertThrows(SSLException.class, () -> handshake(leaf, ca.clientContext(), "localhost"));
  }

  @Test
  void anIntermediateIsPartOfTheChain() {
    TestIdentity leaf = ca.intermediate("Test Intermediate CA").leaf("localhost");

    assertEquals(2, leaf.chain().size());
    assertDoesNotThrow(() -> handshake(leaf, ca.clientContext(), "localhost"));
  }

  @Test
  void anotherAuthorityTrustsNothingOfThisOne() {
    TestIdentity leaf = ca.leaf("localhost");

    assertThrows(
        SSLException.class, () -> handshake(leaf, TestCa.create().clientContext(), "localhost"));
  }

  @Test
  void datesAreWrongWhereAskedFor() {
    assertThrows(
        CertificateExpiredException.class,
        () -> ca.leaf(TestCa.Validity.EXPIRED, "localhost").certificate().checkValidity());
    assertThrows(
        CertificateNotYetValidException.class,
        () -> ca.leaf(TestCa.Validity.NOT_YET, "localhost").certificate().checkValidity());
  }

  @Test
  void pemFilesHoldTheChainAndTheKey(@TempDir Path directory) throws Exception {
    TestIdentity leaf = ca.intermediate("Test Intermediate CA").leaf("localhost");
    leaf.writeTo(directory);

    byte[] chain = Files.readAllBytes(directory.resolve("chain.pem"));
    CertificateFactory x509 = CertificateFactory.getInstance("X.509");
    assertEquals(
        leaf.chain(), x509.generateCertificates(new ByteArrayInputStream(chain)).stream().toList());
    assertTrue(
        Files.readString(directory.resolve("key.pem")).startsWith("-----BEGIN PRIVATE KEY-----\n"));
    byte[] root = ca.rootPem().getBytes(StandardCharsets.US_ASCII);
    assertEquals(ca.certificate(), x509.generateCertificate(new ByteArrayInputStream(root)));
  }

  /** A handshake over loopback, with the checks of HTTPS on the client's side. */
  private static void handshake(TestIdentity server, SSLContext client, String name)
      throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (SSLServerSocket listening =
        (SSLServerSocket)
            server.serverContext().getServerSocketFactory().createServerSocket(0, 1, loopback)) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(
              () -> {
                try (SSLSocket accepted = (SSLSocket) listening.accept()) {
                  accepted.startHandshake();
                } catch (IOException e) {
                  throw new CompletionException(e);
                }
              });
      try (Socket tcp = new Socket(loopback, listening.getLocalPort());
          SSLSocket socket =
              (SSLSocket) client.getSocketFactory().createSocket(tcp, name, tcp.getPort(), true)) {
        SSLParameters checks = socket.getSSLParameters();
        checks.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(checks);
        socket.startHandshake();
      } finally {
        served.exceptionally(failed -> null).join();
      }
    }
  }
}
