package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.TlsPeer;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.TestIdentity;
import io.iottunnel.testkit.contract.ProbeBench.Service;
import io.iottunnel.testkit.websocket.ServerConnection;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How TLS to the service is tried. */
public interface TlsProbeRules {

  /** The probe under test. */
  ProbeBench bench();

  /** The whole chain is told as it was shown, the service's own certificate first. */
  @Test
  default void p01_whoAnsweredIsTold() {
    Service service = bench().service(ProbeBench.LOCALHOST);
    TlsPeer peer = Deadline.get(bench().probe(service.port(), ProbeBench.UNREACHED), "the probe");

    assertEquals(ProbeBench.LOCALHOST.certificate(), peer.chain().get(0));
    assertEquals(2, peer.chain().size());
    assertEquals(service.connection().tlsVersion(), peer.protocol());
  }

  /** RFC 6066 section 3. JSSE leaves names without a dot out unless it is told. */
  @Test
  default void p02_theServicesNameIsSentBySni() {
    Service service = bench().service(ProbeBench.LOCALHOST);
    Deadline.get(bench().probe(service.port(), ProbeBench.UNREACHED), "the probe");

    assertEquals(Optional.of("localhost"), service.connection().serverName());
  }

  /** The service hears the end of TLS (RFC 8446 section 6.1), and nothing before it. */
  @Test
  default void p03_nothingIsSaidButGoodBye() {
    Service service = bench().service(ProbeBench.LOCALHOST);
    Deadline.get(bench().probe(service.port(), ProbeBench.UNREACHED), "the probe");
    ServerConnection connection = service.connection();

    // One byte of anything would be read; an end without TLS's own is another exception.
    assertThrows(EOFException.class, () -> connection.readBytes(1));
  }

  /** A certificate for another name is not trusted, however good it is. */
  @Test
  default void p04_aCertificateForAnotherNameIsNotTrusted() {
    CertificateNotTrustedException failure = notTrusted(ProbeBench.CA.leaf("other.example.com"));
    assertEquals(Retry.AFTER_A_SESSION, failure.retry());
  }

  /** Nor is one of an authority that nobody knows. */
  @Test
  default void p05_anUnknownAuthorityIsNotTrusted() {
    notTrusted(TestCa.create("Unknown CA").leaf("localhost"));
  }

  private CertificateNotTrustedException notTrusted(TestIdentity shown) {
    Service service = bench().service(shown);
    return assertInstanceOf(
        CertificateNotTrustedException.class,
        Deadline.failure(bench().probe(service.port(), ProbeBench.UNREACHED), "the probe"));
  }

  /** Something else than TLS answers: no certificate is to blame. */
  @Test
  default void p06_whatSpeaksNoTlsIsUnreachable() throws IOException {
    ServerSocket server = listening();
    byte[] words = "HTTP/1.1 400 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    CompletableFuture<Socket> served =
        Background.start(
            () -> {
              Socket socket = bench().closing(server.accept());
              socket.getOutputStream().write(words);
              return socket;
            });

    assertInstanceOf(
        UnreachableException.class,
        Deadline.failure(bench().probe(server.getLocalPort(), ProbeBench.UNREACHED), "the probe"));
    Deadline.get(served, "serving the probe");
  }

  /** Silence is not waited for any longer than the limit, and then the way is closed. */
  @Test
  default void p07_silenceIsUnreachable() throws IOException {
    ServerSocket server = listening();
    CompletableFuture<TlsPeer> probe = bench().probe(server.getLocalPort(), Duration.ofMillis(200));
    Socket socket = bench().closing(server.accept());

    assertInstanceOf(UnreachableException.class, Deadline.failure(probe, "the probe"));
    awaitEnd(socket);
  }

  /** Whoever gives a probe up leaves no connection behind. */
  @Test
  default void p08_cancellingClosesTheWay() throws IOException {
    ServerSocket server = listening();
    CompletableFuture<TlsPeer> probe = bench().probe(server.getLocalPort(), ProbeBench.UNREACHED);
    Socket socket = bench().closing(server.accept());
    probe.cancel(true);

    awaitEnd(socket);
  }

  private ServerSocket listening() throws IOException {
    return bench().closing(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
  }

  private static void awaitEnd(Socket socket) throws IOException {
    socket.setSoTimeout((int) Deadline.limit().toMillis());
    try {
      while (socket.getInputStream().read() >= 0) {}
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the way stayed open", e);
    } catch (IOException e) {
      return; // cut, which is an end
    }
  }
}
