package io.iottunnel.adapters.nio;

import static io.iottunnel.adapters.nio.Bytes.soon;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.adapters.nio.LoopbackServer.Script;
import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.domain.webproxy.WebProxy.Scheme;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.testkit.TestCa;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NioWebProxyDialerTest {

  private static final TestCa CA = TestCa.create();
  private static final HostAndPort SERVICE = new HostAndPort("service.example", 443);
  private static final Duration BRIEF = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(10);

  private final NioLoop loop = new NioLoop();
  private final SeenHops hops = new SeenHops();

  @AfterEach
  void close() {
    loop.close();
  }

  private CompletableFuture<ByteStream> dial(
      Scheme scheme, String host, int port, DialLimits limits) {
    WebProxy proxy = new WebProxy(scheme, new HostAndPort(host, port), Optional.empty());
    return new NioWebProxyDialer(loop, LineDialog::new, CA.clientContext(), limits)
        .dial(proxy, SERVICE, hops);
  }

  private CompletableFuture<ByteStream> dial(Scheme scheme, LoopbackServer server) {
    return dial(scheme, "127.0.0.1", server.port(), DialLimits.DEFAULT);
  }

  private static <T extends Throwable> T failureOf(Class<T> kind, CompletableFuture<?> future) {
    return assertInstanceOf(
        kind, assertThrows(ExecutionException.class, () -> soon(future)).getCause());
  }

  private static void drain(Socket peer) throws IOException {
    peer.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  @Test
  void theStreamBeginsRightBehindTheAnswer() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              assertEquals("to service.example:443 #1", Bytes.line(peer));
              Bytes.say(peer, "YES\nand what the service says");
              assertEquals("hello", Bytes.line(peer));
            })) {
      ByteStream tunnel = soon(dial(Scheme.HTTP, server));
      assertEquals(
          "and what the service says",
          new String(soon(Bytes.read(tunnel, 25)), StandardCharsets.US_ASCII));
      soon(Bytes.write(tunnel, "hello\n".getBytes(StandardCharsets.US_ASCII)));
      server.played();
      tunnel.close();
    }
    assertEquals(List.of("resolved 127.0.0.1", "connected", "sent", "answered YES"), hops.seen());
  }

  @Test
  void aWebProxyBehindTlsIsSpokenToOverTls() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            LoopbackServer.tls(
                CA.leaf("localhost").serverContext(),
                peer -> {
                  assertEquals("to service.example:443 #1", Bytes.line(peer));
                  Bytes.say(peer, "YES\nab");
                  Bytes.say(peer, "cd");
                }))) {
      ByteStream tunnel = soon(dial(Scheme.HTTPS, "localhost", server.port(), DialLimits.DEFAULT));
      assertArrayEquals("abcd".getBytes(StandardCharsets.US_ASCII), soon(Bytes.readAll(tunnel)));
      tunnel.close();
    }
    assertEquals(
        List.of("resolved 127.0.0.1", "connected", "secured", "sent", "answered YES"), hops.seen());
  }

  @Test
  void whatTheDialogRefusesIsTheFailure() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              Bytes.line(peer);
              Bytes.say(peer, "NO\n");
              assertThrows(SocketException.class, () -> peer.getInputStream().read());
            })) {
      assertEquals(
          "it said no",
          failureOf(WebProxyRefusedException.class, dial(Scheme.HTTP, server)).getMessage());
      server.played();
    }
  }

  @Test
  void aDefectOfTheDialogDoesNotLeaveAnybodyWaiting() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              Bytes.line(peer);
              Bytes.say(peer, "WHAT\n");
            })) {
      failureOf(IllegalStateException.class, dial(Scheme.HTTP, server));
    }
  }

  @Test
  void tlsInAnswerToPlainConnectProvesTheWrongScheme() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              Bytes.line(peer);
              Bytes.say(peer, "\u0015");
              Bytes.say(peer, "\u0003\u0003\0\2\2\12");
              drain(peer);
            })) {
      WebProxyRefusedException failure =
          failureOf(WebProxyRefusedException.class, dial(Scheme.HTTP, server));
      assertEquals(
          "this web proxy wants TLS on that port: use https://127.0.0.1:" + server.port(),
          failure.getMessage());
      assertEquals(Retry.AFTER_A_SESSION, failure.retry());
    }
  }

  @Test
  void plainHttpInAnswerToTlsProvesTheWrongScheme() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              assertTrue(peer.getInputStream().read() >= 0);
              Bytes.say(peer, "HTTP/1.1 400 Bad Request\r\n\r\n");
              drain(peer);
            })) {
      WebProxyRefusedException failure =
          failureOf(WebProxyRefusedException.class, dial(Scheme.HTTPS, server));
      assertEquals(
          "this web proxy speaks plain HTTP on that port: use http://127.0.0.1:" + server.port(),
          failure.getMessage());
      assertEquals(Retry.AFTER_A_SESSION, failure.retry());
    }
  }

  @Test
  void anythingElseInAnswerToTlsIsQuotedAndProvesNothing() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              assertTrue(peer.getInputStream().read() >= 0);
              Bytes.say(peer, "SSH-2.0-OpenSSH_9.2\r\n");
              drain(peer);
            })) {
      WebProxyRefusedException failure =
          failureOf(WebProxyRefusedException.class, dial(Scheme.HTTPS, server));
      assertTrue(
          failure.getMessage().contains("\"SSH-2.0-OpenSSH_9.2\\r\\n\"; is this a web proxy?"),
          failure::getMessage);
      assertEquals(Retry.WITH_BACKOFF, failure.retry());
    }
  }

  @Test
  void aWebProxyThatClosesWithoutAWordMayWantTls() throws Exception {
    try (LoopbackServer server = new LoopbackServer(Bytes::line)) {
      String message =
          failureOf(UnreachableException.class, dial(Scheme.HTTP, server)).getMessage();
      assertTrue(
          message.startsWith("web proxy 127.0.0.1:" + server.port() + " closed the"), message);
      assertTrue(message.endsWith("; if this port wants TLS, use https://"), message);
    }
  }

  @Test
  void aWebProxyThatResetsWithoutAWordMayWantTls() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              Bytes.line(peer);
              peer.setSoLinger(true, 0);
            })) {
      String message =
          failureOf(UnreachableException.class, dial(Scheme.HTTP, server)).getMessage();
      assertTrue(message.contains("broke the connection (Connection reset) "), message);
      assertTrue(message.endsWith("; if this port wants TLS, use https://"), message);
    }
  }

  @Test
  void aWebProxyThatClosesInTheTlsHandshakeMaySpeakPlainHttp() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              peer.shutdownOutput();
              drain(peer);
            })) {
      String message =
          failureOf(UnreachableException.class, dial(Scheme.HTTPS, server)).getMessage();
      assertTrue(message.contains(" closed the connection in the TLS handshake after "), message);
      assertTrue(message.endsWith("; if it speaks plain HTTP on that port, use http://"), message);
    }
  }

  @Test
  void silenceCostsTheLimitOfItsStage() throws Exception {
    DialLimits briefAnswer = new DialLimits(LONG, LONG, LONG, BRIEF, LONG);
    DialLimits briefTls = new DialLimits(LONG, LONG, BRIEF, LONG, LONG);
    Script<Socket> silent = peer -> assertThrows(SocketException.class, () -> drain(peer));
    Script<Socket> halfAnAnswer =
        peer -> {
          Bytes.say(peer, "YE");
          assertThrows(SocketException.class, () -> drain(peer));
        };
    try (LoopbackServer server = new LoopbackServer(silent, silent, halfAnAnswer, halfAnAnswer)) {
      String hop = "web proxy 127.0.0.1:" + server.port();
      assertEquals(
          hop + " did not answer CONNECT in 100 ms; if this port wants TLS, use https://",
          failureOf(
                  UnreachableException.class,
                  dial(Scheme.HTTP, "127.0.0.1", server.port(), briefAnswer))
              .getMessage());
      assertEquals(
          hop
              + " said nothing in the TLS handshake for 100 ms; if it speaks plain HTTP on that"
              + " port, use http://",
          failureOf(
                  UnreachableException.class,
                  dial(Scheme.HTTPS, "127.0.0.1", server.port(), briefTls))
              .getMessage());
      assertEquals(
          hop + " did not complete its answer to CONNECT in 100 ms",
          failureOf(
                  UnreachableException.class,
                  dial(Scheme.HTTP, "127.0.0.1", server.port(), briefAnswer))
              .getMessage());
      server.played();
    }
  }

  @Test
  void whatTheDialogKnowsOfAnAnswerThatIsOverdueCounts() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              Bytes.say(peer, "NO, because");
              assertThrows(SocketException.class, () -> drain(peer));
            })) {
      DialLimits briefAnswer = new DialLimits(LONG, LONG, LONG, BRIEF, LONG);
      assertEquals(
          "it said no",
          failureOf(
                  WebProxyRefusedException.class,
                  dial(Scheme.HTTP, "127.0.0.1", server.port(), briefAnswer))
              .getMessage());
    }
  }

  @Test
  void aWebProxyWhoseCertificateIsNotTrustedIsNamedAsTheHop() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            LoopbackServer.tls(
                TestCa.create("Other").leaf("127.0.0.1").serverContext(),
                peer -> assertThrows(IOException.class, () -> peer.getInputStream().read())))) {
      CertificateNotTrustedException failure =
          failureOf(CertificateNotTrustedException.class, dial(Scheme.HTTPS, server));
      assertTrue(
          failure
              .getMessage()
              .startsWith(
                  "the certificate of web proxy 127.0.0.1:" + server.port() + " is not trusted: "),
          failure::getMessage);
    }
  }

  @Test
  void aWebProxyThatCannotBeReachedIsNamedWithTheReason() throws Exception {
    int port;
    try (LoopbackServer server = new LoopbackServer()) {
      port = server.port();
    }
    assertEquals(
        "cannot connect to web proxy 127.0.0.1:"
            + port
            + ": Connection refused; is its address right, and does this network lead there?",
        failureOf(
                UnreachableException.class,
                dial(Scheme.HTTP, "127.0.0.1", port, DialLimits.DEFAULT))
            .getMessage());
  }

  @Test
  void cancellingCutsTheConnection() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              Bytes.line(peer);
              asked.complete(null);
              assertThrows(SocketException.class, () -> peer.getInputStream().read());
            })) {
      CompletableFuture<ByteStream> dialing = dial(Scheme.HTTP, server);
      soon(asked);
      dialing.cancel(false);
      server.played();
    }
  }
}
