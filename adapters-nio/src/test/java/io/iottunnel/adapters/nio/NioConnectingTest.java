package io.iottunnel.adapters.nio;

import static io.iottunnel.adapters.nio.Bytes.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets.Connected;
import io.iottunnel.testkit.UnusedPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Connecting to applications, and giving it up. */
class NioConnectingTest extends LocalSocketsBench {

  @Test
  void everyAddressIsTriedAndNamedWithItsReason() throws Exception {
    try (UnusedPort nobody = UnusedPort.keep()) {
      Endpoint endpoint = Endpoint.tcp("localhost", nobody.number());
      String message =
          failureOf(UnreachableException.class, sockets.connect(endpoint)).getMessage();
      assertTrue(
          message.startsWith("cannot connect to " + endpoint + ": 127.0.0.1: Connection refused; "),
          message);
      assertTrue(message.contains("0:0:0:0:0:0:0:1: "), message);
    }
  }

  @Test
  void anUnknownNameIsSaidToBeUnknown() {
    String message =
        failureOf(UnreachableException.class, sockets.connect(Endpoint.tcp("no-such.invalid", 80)))
            .getMessage();
    assertEquals(
        "cannot find the address of no-such.invalid:80: DNS knows no such name; is the application"
            + " running there?",
        message);
  }

  @Test
  void connectionsComeFromTheAddressThatWasSet() throws Exception {
    NioLocalSockets bound = new NioLocalSockets(loop, DialLimits.DEFAULT, Optional.of("127.0.0.5"));
    try (ServerSocket application = new ServerSocket(0, 1, LOOPBACK)) {
      application.setSoTimeout(10_000);
      soon(bound.connect(Endpoint.tcp("localhost", application.getLocalPort())));
      try (Socket peer = application.accept()) {
        assertEquals("127.0.0.5", peer.getInetAddress().getHostAddress());
      }
    } finally {
      bound.close();
    }
  }

  @Test
  void anAddressThatDoesNotAnswerCostsItsLimitAndNoMore() throws Exception {
    DialLimits quick =
        new DialLimits(
            Duration.ofSeconds(5),
            Duration.ofMillis(80),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
    NioLocalSockets hurried = new NioLocalSockets(loop, quick, Optional.empty());
    try (FullBacklog silent = new FullBacklog()) {
      String message =
          failureOf(
                  UnreachableException.class,
                  hurried.connect(Endpoint.tcp("127.0.0.1", silent.port())))
              .getMessage();
      assertEquals(
          "cannot connect to 127.0.0.1:"
              + silent.port()
              + ": no answer in 80 ms; is the application running there?",
          message);
    } finally {
      hurried.close();
    }
  }

  @Test
  void closingCancelsWhatIsUnderWayAndClosesWhatIsOpen() throws Exception {
    LocalListener listener = listen(Endpoint.tcp("127.0.0.1", 0));
    try (Socket peer = new Socket(LOOPBACK, listener.address().port());
        FullBacklog silent = new FullBacklog()) {
      peer.setSoTimeout(10_000);
      accepted();
      CompletableFuture<Connected> underWay =
          sockets.connect(Endpoint.tcp("127.0.0.1", silent.port()));

      sockets.close();

      assertThrows(CancellationException.class, () -> soon(underWay));
      assertEquals(-1, peer.getInputStream().read());
      assertThrows(
          IOException.class,
          () -> new Socket().connect(new InetSocketAddress(LOOPBACK, listener.address().port())));
    }
  }

  @Test
  void socketsOfTheirOwnEndTheirThread() throws Exception {
    NioLocalSockets own = new NioLocalSockets();
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    LocalListener listener =
        soon(
            own.listen(Endpoint.tcp("localhost", 0), c -> thread.complete(Thread.currentThread())));
    try (Socket peer = new Socket(LOOPBACK, listener.address().port())) {
      soon(thread);
      assertTrue(peer.isConnected());
    }
    own.close();
    assertFalse(thread.get().isAlive());
  }
}
