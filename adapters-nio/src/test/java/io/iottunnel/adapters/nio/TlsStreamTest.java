package io.iottunnel.adapters.nio;

import static io.iottunnel.adapters.nio.Bytes.soon;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.TlsClient;
import io.iottunnel.ports.TlsFailures;
import io.iottunnel.testkit.TestCa;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsStreamTest {

  private static final TestCa CA = TestCa.create();
  private static final SSLContext SERVER = CA.leaf("localhost", "127.0.0.1").serverContext();

  private final NioLoop loop = new NioLoop();
  private final NioDirectDialer dialer = new NioDirectDialer(loop);

  @AfterEach
  void close() {
    loop.close();
  }

  private CompletableFuture<TlsStream> handshake(LoopbackServer server, SSLEngine engine)
      throws Exception {
    ByteStream tcp =
        soon(dialer.dial(new HostAndPort("127.0.0.1", server.port()), DialObserver.NONE));
    return TlsHandshake.begin(loop, tcp, engine);
  }

  private static SSLEngine engineFor(String host) {
    return TlsClient.engine(CA.clientContext(), new HostAndPort(host, 443), true);
  }

  private TlsStream secured(LoopbackServer server) throws Exception {
    return soon(handshake(server, engineFor("localhost")));
  }

  private static Throwable failureOf(CompletableFuture<?> future) {
    return assertThrows(ExecutionException.class, () -> soon(future)).getCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void bytesGoBothWaysWholeAndEndInOrder(String protocol) throws Exception {
    byte[] sent = Bytes.random(2_000_000);
    CompletableFuture<byte[]> heard = new CompletableFuture<>();
    try (LoopbackServer server =
        new LoopbackServer(
            LoopbackServer.tls(
                SERVER,
                peer -> {
                  peer.setEnabledProtocols(new String[] {protocol});
                  peer.startHandshake();
                  assertEquals(protocol, peer.getSession().getProtocol());
                  CompletableFuture<Void> answering =
                      CompletableFuture.runAsync(
                          () -> {
                            try {
                              peer.getOutputStream().write(sent);
                            } catch (IOException e) {
                              throw new java.io.UncheckedIOException(e);
                            }
                          });
                  heard.complete(peer.getInputStream().readAllBytes());
                  soon(answering);
                }))) {
      TlsStream stream = secured(server);
      CompletableFuture<byte[]> down = Bytes.read(stream, sent.length);
      soon(Bytes.write(stream, sent));
      assertArrayEquals(sent, soon(down));
      stream.close();
      assertArrayEquals(sent, soon(heard), "to its end, which close_notify has marked");
      server.played();
      assertThrows(ClosedChannelException.class, () -> stream.read(ByteBuffer.allocate(1)));
      assertThrows(ClosedChannelException.class, () -> stream.write(ByteBuffer.allocate(1)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void aReaderWithLittleRoomGetsEverythingUpToTheEnd(String protocol) throws Exception {
    byte[] sent = Bytes.random(40_000);
    try (LoopbackServer server =
        new LoopbackServer(
            LoopbackServer.tls(
                SERVER,
                peer -> {
                  peer.setEnabledProtocols(new String[] {protocol});
                  peer.getOutputStream().write(sent);
                }))) {
      TlsStream stream = secured(server);
      CompletableFuture<byte[]> got = new CompletableFuture<>();
      readByteByByte(stream, new ByteArrayOutputStream(), got);
      assertArrayEquals(sent, soon(got));
      stream.close();
    }
  }

  /** Waits anew for every byte, though most of them have been decrypted long ago. */
  private static void readByteByByte(
      ByteStream stream, ByteArrayOutputStream got, CompletableFuture<byte[]> result) {
    stream.whenReadable(
        () -> {
          try {
            ByteBuffer one = ByteBuffer.allocate(1);
            if (stream.read(one) < 0) {
              result.complete(got.toByteArray());
              return;
            }
            got.write(one.array(), 0, one.position());
            readByteByByte(stream, got, result);
          } catch (IOException | RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void afterTheEndOfOutputTheAnswerStillComes(String protocol) throws Exception {
    byte[] request = Bytes.random(300_000);
    byte[] answer = Bytes.random(500_000);
    try (LoopbackServer server =
        new LoopbackServer(
            LoopbackServer.tls(
                SERVER,
                peer -> {
                  peer.setEnabledProtocols(new String[] {protocol});
                  peer.getOutputStream().write(answer);
                  assertArrayEquals(request, peer.getInputStream().readAllBytes());
                }))) {
      TlsStream stream = secured(server);
      soon(Bytes.write(stream, request));
      stream.shutdownOutput();
      assertArrayEquals(answer, soon(Bytes.read(stream, answer.length)));
      server.played();
      stream.close();
    }
  }

  @Test
  void whatWasTakenIsSentThoughNobodyAsksAgain() throws Exception {
    byte[] sent = Bytes.random(1_000_000);
    CompletableFuture<byte[]> heard = new CompletableFuture<>();
    try (LoopbackServer server =
        new LoopbackServer(
            LoopbackServer.tls(
                SERVER, peer -> heard.complete(peer.getInputStream().readAllBytes())))) {
      StoppableStream tcp =
          new StoppableStream(
              soon(dialer.dial(new HostAndPort("127.0.0.1", server.port()), DialObserver.NONE)));
      TlsStream stream = soon(TlsHandshake.begin(loop, tcp, engineFor("localhost")));
      tcp.stop();
      ByteBuffer from = ByteBuffer.wrap(sent);
      while (stream.write(from) > 0) {}
      int taken = from.position();
      assertTrue(taken > 0 && taken < sent.length, "some is held, and not everything");

      stream.close();
      tcp.goOn();
      assertArrayEquals(Arrays.copyOf(sent, taken), soon(heard));
    }
  }

  @Test
  void aWriterIsToldWhenThereIsRoomAgain() throws Exception {
    byte[] sent = Bytes.random(2_000_000);
    CompletableFuture<byte[]> heard = new CompletableFuture<>();
    try (LoopbackServer server =
        new LoopbackServer(
            LoopbackServer.tls(
                SERVER, peer -> heard.complete(peer.getInputStream().readAllBytes())))) {
      server.receiveLittleAtATime();
      TlsStream stream = secured(server);
      soon(Bytes.write(stream, sent));
      stream.close();
      assertArrayEquals(sent, soon(heard));
    }
  }

  @Test
  void anEndWithoutTheEndOfTlsIsATruncation() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              SSLSocket secured =
                  (SSLSocket) SERVER.getSocketFactory().createSocket(peer, null, 0, false);
              secured.setUseClientMode(false);
              secured.getOutputStream().write(new byte[] {1, 2, 3});
            })) { // which closes TCP alone
      TlsStream stream = secured(server);
      assertArrayEquals(new byte[] {1, 2, 3}, soon(Bytes.read(stream, 3)));
      assertInstanceOf(EOFException.class, failureOf(Bytes.read(stream, 1)));
      stream.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void theNameIsSentButNoAddress(String host) throws Exception {
    CompletableFuture<List<String>> names = new CompletableFuture<>();
    try (LoopbackServer server =
        new LoopbackServer(
            LoopbackServer.tls(
                SERVER,
                peer -> {
                  peer.startHandshake();
                  names.complete(
                      ((ExtendedSSLSession) peer.getSession())
                          .getRequestedServerNames().stream()
                              .map(name -> ((SNIHostName) name).getAsciiName())
                              .toList());
                }))) {
      soon(handshake(server, engineFor(host))).close();
      assertEquals(host.equals("127.0.0.1") ? List.of() : List.of(host), soon(names));
    }
  }

  @Test
  void theNameIsSentWithoutItsLastDotAndNoIpv6AddressIs() {
    assertEquals(
        List.of(new SNIHostName("proxy.example.com")),
        engineFor("proxy.example.com.").getSSLParameters().getServerNames());
    assertEquals(List.of(), engineFor("2001:db8::1").getSSLParameters().getServerNames());
  }

  @Test
  void nothingOlderThanTls12IsSpoken() {
    assertEquals(
        Set.of("TLSv1.3", "TLSv1.2"), Set.of(engineFor("localhost").getEnabledProtocols()));
  }

  @Test
  void aCertificateOfAnotherAuthorityOrForAnotherNameIsRefusedAndTheServerIsTold()
      throws Exception {
    SSLContext otherAuthority = TestCa.create("Other").leaf("localhost").serverContext();
    SSLContext otherName = CA.leaf("example.com").serverContext();
    for (SSLContext context : List.of(otherAuthority, otherName)) {
      CompletableFuture<Throwable> told = new CompletableFuture<>();
      try (LoopbackServer server =
          new LoopbackServer(
              LoopbackServer.tls(
                  context,
                  peer ->
                      told.complete(
                          assertThrows(SSLException.class, () -> peer.getInputStream().read()))))) {
        Throwable failure = failureOf(handshake(server, engineFor("localhost")));
        assertTrue(TlsFailures.certificateNotTrusted(failure, "the server").isPresent());
        assertTrue(soon(told).getMessage().contains("certificate_unknown"));
      }
    }
  }

  @Test
  void anAnswerThatIsNotTlsIsKeptForTheMessage() throws Exception {
    for (String answer : List.of("HTTP/1.1 400 Bad Request\r\n\r\n", "no")) {
      try (LoopbackServer server =
          new LoopbackServer(
              peer -> {
                assertTrue(peer.getInputStream().read(new byte[5]) > 0);
                peer.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                peer.shutdownOutput();
                peer.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
              })) {
        NotTlsException failure =
            assertInstanceOf(
                NotTlsException.class, failureOf(handshake(server, engineFor("localhost"))));
        assertEquals(answer, new String(failure.firstBytes(), StandardCharsets.US_ASCII));
      }
    }
  }

  @Test
  void aConnectionThatEndsInTheHandshakeIsNotWaitedFor() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              peer.shutdownOutput();
              peer.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            })) {
      assertInstanceOf(EOFException.class, failureOf(handshake(server, engineFor("localhost"))));
    }
  }

  @Test
  void cancellingTheHandshakeCutsTheConnection() throws Exception {
    CountDownLatch helloRead = new CountDownLatch(1);
    CompletableFuture<Throwable> cut = new CompletableFuture<>();
    try (LoopbackServer server =
        new LoopbackServer(
            (Socket peer) -> {
              assertTrue(peer.getInputStream().read() >= 0);
              helloRead.countDown();
              cut.complete(
                  assertThrows(
                      IOException.class,
                      () ->
                          peer.getInputStream()
                              .transferTo(java.io.OutputStream.nullOutputStream())));
            })) {
      CompletableFuture<TlsStream> handshake = handshake(server, engineFor("localhost"));
      assertTrue(helloRead.await(10, TimeUnit.SECONDS));
      handshake.cancel(false);
      assertInstanceOf(IOException.class, soon(cut));
    }
  }
}
