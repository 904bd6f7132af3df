package io.iottunnel.adapters.nio;

import static io.iottunnel.adapters.nio.Bytes.soon;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.LocalClients;
import io.iottunnel.ports.LocalListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Listening on TCP. */
class NioListenerTest extends LocalSocketsBench {

  @Test
  void localhostIsTheIpv4Loopback() throws Exception {
    LocalListener listener = listen(Endpoint.tcp("localhost", 0));
    assertEquals("127.0.0.1", listener.address().ip());
    assertTrue(listener.address().port() > 0);
  }

  @Test
  void aThrowingClientHandlerLosesThatClientOnly() throws Exception {
    CompletableFuture<ByteStream> second = new CompletableFuture<>();
    BlockingQueue<Integer> count = new LinkedBlockingQueue<>();
    LocalListener listener =
        soon(
            sockets.listen(
                Endpoint.tcp("127.0.0.1", 0),
                stream -> {
                  count.add(1);
                  if (count.size() == 1) {
                    throw new IllegalStateException("on purpose");
                  }
                  second.complete(stream);
                }));
    try (Socket first = new Socket(LOOPBACK, listener.address().port())) {
      first.setSoTimeout(10_000);
      assertThrows(IOException.class, () -> first.getInputStream().read());
      try (Socket next = new Socket(LOOPBACK, listener.address().port())) {
        soon(second);
        assertTrue(next.isConnected());
      }
    }
    assertEquals("on purpose", failures.remove().getMessage());
  }

  @Test
  void aPausedListenerLetsClientsWaitAndServesThemLater() throws Exception {
    LocalListener listener = listen(Endpoint.tcp("127.0.0.1", 0));
    listener.pause();
    try (Socket waiting = new Socket(LOOPBACK, listener.address().port())) {
      waiting.getOutputStream().write(7);
      CompletableFuture<Void> turned = new CompletableFuture<>();
      loop.after(Duration.ofMillis(20), () -> turned.complete(null));
      soon(turned);
      assertEquals(0, clients.size());

      listener.resume();
      assertArrayEquals(new byte[] {7}, soon(Bytes.read(accepted(), 1)));
    }
  }

  @Test
  void aListenerThatIsPausedAsSoonAsItIsKnownIsPaused() throws Exception {
    CompletableFuture<LocalListener> paused =
        sockets
            .listen(Endpoint.tcp("127.0.0.1", 0), clients::add)
            .thenApply(
                listener -> {
                  listener.pause(); // on the loop's thread, within what opens it
                  return listener;
                });
    try (Socket waiting = new Socket(LOOPBACK, soon(paused).address().port())) {
      CompletableFuture<Void> turned = new CompletableFuture<>();
      loop.after(Duration.ofMillis(20), () -> turned.complete(null));
      soon(turned);
      assertTrue(waiting.isConnected());
      assertEquals(0, clients.size());
    }
  }

  @Test
  void aPortThatIsTakenIsNamedWithTheReason() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      ListenFailedException failure =
          failureOf(
              ListenFailedException.class,
              sockets.listen(Endpoint.tcp("localhost", port), clients::add));
      assertTrue(
          failure
              .getMessage()
              .startsWith(
                  "cannot listen on 127.0.0.1:" + port + ": Address already in use; choose "),
          failure::getMessage);
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNamedWithTheReason() {
    ListenFailedException failure =
        failureOf(
            ListenFailedException.class,
            sockets.listen(Endpoint.tcp("192.0.2.1", 0), clients::add));
    assertTrue(failure.getMessage().startsWith("cannot listen on 192.0.2.1:0: "));
  }

  @Test
  void aPortCanBeListenedOnAgainAtOnceThoughConnectionsOfThePastLinger() throws Exception {
    LocalListener listener = listen(Endpoint.tcp("127.0.0.1", 0));
    int port = listener.address().port();
    try (Socket peer = new Socket(LOOPBACK, port)) {
      ByteStream stream = accepted();
      stream.close(); // this side ends first: its end lingers in TIME_WAIT
      assertEquals(-1, peer.getInputStream().read());
    }
    for (int i = 0; i < 20; i++) {
      listener.close();
      listener = listen(Endpoint.tcp("127.0.0.1", port));
    }
    try (Socket peer = new Socket(LOOPBACK, port)) {
      accepted();
      assertTrue(peer.isConnected());
    }
  }

  @Test
  void connectionsOutliveTheirListener() throws Exception {
    LocalListener listener = listen(Endpoint.tcp("127.0.0.1", 0));
    try (Socket peer = new Socket(LOOPBACK, listener.address().port())) {
      ByteStream stream = accepted();
      listener.close();
      soon(Bytes.write(stream, new byte[] {42}));
      assertEquals(42, peer.getInputStream().read());
    }
  }

  @Test
  void aListenerSurvivesALackOfDescriptors() throws Exception {
    ServerSocketChannel channel =
        ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
    BlockingQueue<Integer> lacks = new LinkedBlockingQueue<>();
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    LocalClients whoAreToldOf =
        new LocalClients() {
          @Override
          public void accept(ByteStream client) {
            clients.add(client);
          }

          @Override
          public void waiting(String reason) {
            told.add(reason);
          }
        };
    CompletableFuture<LocalListener> made = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            NioListener listener =
                new NioListener(
                    loop,
                    channel,
                    () -> {
                      if (lacks.size() < 2) {
                        lacks.add(1);
                        throw new IOException("Too many open files");
                      }
                      return channel.accept();
                    },
                    new io.iottunnel.ports.LocalSockets.Address("127.0.0.1", 0),
                    whoAreToldOf,
                    loop.scope(),
                    () -> {});
            listener.resume();
            made.complete(listener);
          } catch (IOException e) {
            made.completeExceptionally(e);
          }
        });
    soon(made);
    long begin = System.nanoTime();
    try (Socket peer = new Socket(LOOPBACK, channel.socket().getLocalPort())) {
      accepted();
      assertTrue(peer.isConnected());
      assertEquals(2, lacks.size());
      assertTrue(System.nanoTime() - begin >= 300_000_000, "100 ms, then 200 ms");
      assertEquals(List.of("Too many open files"), List.copyOf(told), "told once");
    }
  }
}
