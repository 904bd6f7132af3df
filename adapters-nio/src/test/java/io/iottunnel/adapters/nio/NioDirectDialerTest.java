package io.iottunnel.adapters.nio;

import static io.iottunnel.adapters.nio.Bytes.soon;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NioDirectDialerTest {

  private final NioLoop loop = new NioLoop();
  private final NioDirectDialer dialer = new NioDirectDialer(loop);
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final DialObserver observer =
      new DialObserver() {
        @Override
        public void resolved(String ip) {
          seen.add("resolved " + ip);
        }

        @Override
        public void connected() {
          seen.add("connected");
        }
      };

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void reachesTheServiceAndTellsOfEachHop() throws Exception {
    try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ByteStream stream =
          soon(dialer.dial(new HostAndPort("localhost", service.getLocalPort()), observer));
      try (Socket peer = service.accept()) {
        peer.getOutputStream().write(new byte[] {1, 2, 3});
        assertArrayEquals(new byte[] {1, 2, 3}, soon(Bytes.read(stream, 3)));
      }
    }
    assertEquals(List.of("resolved 127.0.0.1", "connected"), seen);
  }

  @Test
  void saysWhoCouldNotBeReachedAndThatAWebProxyMayBeNeeded() throws Exception {
    CompletableFuture<ByteStream> future =
        dialer.dial(new HostAndPort("no-such.invalid", 443), observer);
    UnreachableException failure =
        assertInstanceOf(
            UnreachableException.class,
            assertThrows(ExecutionException.class, () -> soon(future)).getCause());
    assertEquals(
        "cannot find the address of service no-such.invalid:443: DNS knows no such name; where only"
            + " a web proxy leads out of the network, name it in HTTPS_PROXY",
        failure.getMessage());
    assertEquals(List.of(), seen);
  }

  @Test
  void cancellingClosesWhatWasOpened() throws Exception {
    try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<CompletableFuture<ByteStream>> dialed = new CompletableFuture<>();
      dialed.complete(
          dialer.dial(
              new HostAndPort("127.0.0.1", service.getLocalPort()),
              new DialObserver() {
                @Override
                public void connected() {
                  dialed.join().cancel(false); // TCP is up, and the stream is not handed over yet
                }
              }));
      service.setSoTimeout(10_000);
      try (Socket peer = service.accept()) {
        peer.setSoTimeout(10_000);
        assertThrows(SocketException.class, () -> peer.getInputStream().read());
      }
      assertTrue(dialed.join().isCancelled());
    }
  }
}
