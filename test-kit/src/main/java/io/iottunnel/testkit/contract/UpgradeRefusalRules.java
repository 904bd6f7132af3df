package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.TunnelTransport;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.contract.TransportBench.Attempt;
import io.iottunnel.testkit.contract.TransportBench.Service;
import io.iottunnel.testkit.websocket.Chop;
import io.iottunnel.testkit.websocket.RequestHead;
import io.iottunnel.testkit.websocket.ServerConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** How an attempt fails, so that the one who asked knows what to do. */
public interface UpgradeRefusalRules {

  /** The transport under test. */
  TransportBench bench();

  /** RFC 9110 section 4.3.4. An SSLEngine checks no host name unless it is told to. */
  @Test
  default void t20_aCertificateForAnotherNameIsNotTrusted() {
    assertNotTrusted(bench().transportThatTrusts(TransportBench.CA), other("other.example.com"));
  }

  /** Only the authorities of the context given are trusted. */
  @Test
  default void t21_anUnknownAuthorityIsNotTrusted() {
    assertNotTrusted(bench().transportThatTrusts(TestCa.create("Unknown CA")), bench().serverTls());
  }

  /** An expired certificate may only look so to a device whose clock is wrong: it is retried. */
  @Test
  default void t22_anExpiredCertificateIsRetried() {
    SSLContext expired =
        TransportBench.CA.leaf(TestCa.Validity.EXPIRED, "localhost").serverContext();

    CertificateNotTrustedException failure =
        assertNotTrusted(bench().transportThatTrusts(TransportBench.CA), expired);
    assertEquals(Retry.WITH_BACKOFF, failure.retry());
  }

  private CertificateNotTrustedException assertNotTrusted(
      TunnelTransport transport, SSLContext shown) {
    Service service = bench().service(shown, Chop.NONE).hangingUp();
    Attempt attempt =
        bench()
            .open(
                transport,
                LoopbackStream.connect(service.port()),
                TransportBench.request(service.port()));

    CertificateNotTrustedException failure =
        assertInstanceOf(CertificateNotTrustedException.class, attempt.fail());
    assertEquals(0, attempt.listener().secureds(), "secured() was called");
    assertTrue(service.isIdle(), "TLS was finished although the certificate is not trusted");
    return failure;
  }

  private static SSLContext other(String name) {
    return TransportBench.CA.leaf(name).serverContext();
  }

  /** Something else than TLS answers: this broke, and no certificate is to blame. */
  @Test
  default void t23_aPortThatSpeaksNoTlsIsUnreachable() throws IOException {
    assertUnreachable(socket -> socket.getOutputStream().write(ascii("HTTP/1.1 400 No\r\n\r\n")));
  }

  /** The way ends before TLS is up. */
  @Test
  default void t24_aWayThatEndsDuringTlsIsUnreachable() throws IOException {
    assertUnreachable(Socket::close);
  }

  private void assertUnreachable(ServerScript script) throws IOException {
    ServerSocket server = listen();
    CompletableFuture<Socket> served =
        Background.start(
            () -> {
              Socket socket = bench().closing(server.accept());
              script.serve(socket);
              return socket;
            });
    Attempt attempt =
        bench()
            .open(
                bench().transport(),
                LoopbackStream.connect(server.getLocalPort()),
                TransportBench.request(server.getLocalPort()));

    assertInstanceOf(UnreachableException.class, attempt.fail());
    Deadline.get(served, "serving the transport");
  }

  private ServerSocket listen() throws IOException {
    return bench().closing(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
  }

  /** What a server that knows no TLS does. */
  interface ServerScript {
    void serve(Socket socket) throws IOException;
  }

  /** The way ends before the answer to the upgrade is complete. */
  @Test
  default void t25_aWayThatEndsDuringTheUpgradeIsUnreachable() throws IOException {
    Service service = bench().service();
    Attempt attempt = bench().open(service);
    ServerConnection connection = service.connection();
    connection.readRequest();
    connection.write("HTTP/1.1 101 Switching Proto");
    connection.close();

    assertInstanceOf(UnreachableException.class, attempt.fail());
  }

  /**
   * A service that says nothing must not hold the local proxy for ever: look for the time limit.
   */
  @Test
  default void t26_silenceDuringTlsIsUnreachable() throws IOException {
    ServerSocket silent = listen();
    Attempt attempt = impatient(silent.getLocalPort(), Duration.ofMillis(100));

    assertInstanceOf(UnreachableException.class, attempt.fail());
  }

  /** As {@link #t26_silenceDuringTlsIsUnreachable}, one stage on. */
  @Test
  default void t27_silenceDuringTheUpgradeIsUnreachable() throws IOException {
    Service service = bench().service();
    Attempt attempt = impatient(service.port(), Duration.ofSeconds(2));
    ServerConnection connection = service.connection();
    connection.readRequest();

    assertInstanceOf(UnreachableException.class, attempt.fail());
    Peers.awaitEnd(connection);
  }

  private Attempt impatient(int port, Duration limit) {
    return bench()
        .open(
            bench().another(TransportBench.CA.clientContext(), limit),
            LoopbackStream.connect(port),
            TransportBench.request(port));
  }

  /** A 4xx is final, and everything that support needs is in the exception; no token is. */
  @Test
  default void t28_a4xxIsFinalAndQuoted() throws IOException {
    HandshakeRejectedException failure =
        rejected("400 Bad Request", "channel-id: abc\r\n", "Invalid access token: no such token");

    assertEquals(400, failure.status());
    assertEquals(Optional.of("abc"), failure.channelId());
    assertEquals(Retry.NEVER, failure.retry());
    assertFalse(failure.tunnelClosed());
    Messages.name(failure, "400", "Invalid access token: no such token", "abc");
    Messages.conceal(failure);
  }

  /** {@code X-Status-Reason: Tunnel is closed} tells the end of the tunnel from a bad token. */
  @Test
  default void t29_aClosedTunnelIsToldApart() throws IOException {
    assertTrue(
        rejected("400 Bad Request", "X-Status-Reason: Tunnel is closed\r\n", "").tunnelClosed());
  }

  /** These pass by themselves: 408, 425, 429 and every 5xx. */
  @Test
  default void t30_whatPassesByItselfIsRetried() throws IOException {
    for (int status : new int[] {408, 425, 429, 500, 502, 503, 504}) {
      HandshakeRejectedException failure = rejected(status + " Later", "", "");
      assertEquals(status, failure.status());
      assertEquals(Retry.WITH_BACKOFF, failure.retry(), "after " + status);
    }
  }

  /** RFC 9110 section 10.2.3, in seconds. */
  @Test
  default void t31_retryAfterIsToldOn() throws IOException {
    assertEquals(
        Optional.of(Duration.ofSeconds(7)),
        rejected("429 Slow Down", "Retry-After: 7\r\n", "").retryAfter());
    assertEquals(Optional.empty(), rejected("503 Busy", "", "").retryAfter());
  }

  /**
   * The access token must not travel to a {@code Location}: no redirect is followed, not even to
   * the same host. Most HTTP clients follow by default.
   */
  @Test
  default void t32_aRedirectIsNeverFollowed() throws IOException {
    Service elsewhere = bench().service();
    for (String status : new String[] {"301 Moved", "302 Found", "307 Again", "308 For Good"}) {
      HandshakeRejectedException failure =
          rejected(status, "Location: https://localhost:" + elsewhere.port() + "/tunnel\r\n", "");
      assertEquals(status.substring(0, 3), String.valueOf(failure.status()));
    }
    bench().transport().close();
    assertEquals(0, elsewhere.accepted(), "the token may have travelled with a redirect");
  }

  /** A captive portal answers 200; that is no session, and its page is quoted. */
  @Test
  default void t33_a200IsNoSession() throws IOException {
    HandshakeRejectedException failure = rejected("200 OK", "", "Please log in");

    assertEquals(200, failure.status());
    Messages.name(failure, "200", "Please log in");
  }

  /** RFC 6455 section 4.1: a wrong {@code Sec-WebSocket-Accept} fails the connection. */
  @Test
  default void t34_aWrongAcceptIsNoSession() throws IOException {
    assertNoSession("Sec-WebSocket-Accept: .*?\r\n", "Sec-WebSocket-Accept: AAAA\r\n");
  }

  /** RFC 6455 section 4.1: an extension that was not offered fails the connection. */
  @Test
  default void t35_anExtensionThatWasNotOfferedIsNoSession() throws IOException {
    assertNoSession("channel-id", "Sec-WebSocket-Extensions: permessage-deflate\r\nchannel-id");
  }

  /** RFC 6455 section 4.1: so does a 101 to something else than a WebSocket. */
  @Test
  default void t36_anUpgradeToSomethingElseIsNoSession() throws IOException {
    assertNoSession("Upgrade: websocket", "Upgrade: h2c");
  }

  private void assertNoSession(String pattern, String replacement) throws IOException {
    Service service = bench().service();
    Attempt attempt = bench().open(service);
    ServerConnection connection = service.connection();
    RequestHead request = connection.readRequest();
    connection.write(TransportBench.accepting(request).replaceFirst(pattern, replacement));

    assertInstanceOf(LocalProxyException.class, attempt.fail());
    Peers.awaitEnd(connection);
  }

  /** What is not HTTP is not an answer. */
  @Test
  default void t37_anAnswerThatIsNotHttpIsUnreachable() throws IOException {
    Service service = bench().service();
    Attempt attempt = bench().open(service);
    ServerConnection connection = service.connection();
    connection.readRequest();
    connection.write("SSH-2.0-OpenSSH_9.2\r\n\r\n");

    assertInstanceOf(UnreachableException.class, attempt.fail());
  }

  /** Whoever asked has given up: the connection must not stay behind. */
  @Test
  default void t38_cancellingClosesTheWay() throws IOException {
    Service service = bench().service();
    Attempt attempt = bench().open(service);
    ServerConnection connection = service.connection();
    connection.readRequest();
    attempt.future().cancel(true);

    Peers.awaitEnd(connection);
  }

  /** The way belongs to the transport also when it is refused. */
  @Test
  default void t39_aRefusalClosesTheWay() throws IOException {
    Service service = bench().service();
    Attempt attempt = bench().open(service);
    ServerConnection connection = service.connection();
    connection.readRequest();
    connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");

    attempt.fail();
    Peers.awaitEnd(connection);
  }

  private HandshakeRejectedException rejected(String status, String fields, String body)
      throws IOException {
    Service service = bench().service();
    Attempt attempt = bench().open(service);
    ServerConnection connection = service.connection();
    connection.readRequest();
    connection.write(
        "HTTP/1.1 "
            + status
            + "\r\n"
            + fields
            + "Content-Type: text/plain\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
    return assertInstanceOf(HandshakeRejectedException.class, attempt.fail());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
