package io.iottunnel.adapters.nio;

import static io.iottunnel.adapters.nio.Bytes.soon;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.LocalClients;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets.Connected;
import io.iottunnel.testkit.UnusedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NioLocalSocketsTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private final NioLoop loop = new NioLoop(failures::add);
  private final NioLocalSockets sockets =
      new NioLocalSockets(loop, DialLimits.DEFAULT, Optional.empty());
  private final BlockingQueue<ByteStream> clients = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    sockets.close();
    loop.close();
    assertEquals(0, failures.size(), failures::toString);
  }

  private LocalListener listen(Endpoint endpoint) throws Exception {
    return soon(sockets.listen(endpoint, clients::add));
  }

  private ByteStream accepted() throws Exception {
    ByteStream client = clients.poll(10, TimeUnit.SECONDS);
    assertTrue(client != null, "no client came");
    return client;
  }

  private static <T extends Throwable> T failureOf(Class<T> kind, CompletableFuture<?> future) {
    return assertInstanceOf(
        kind, assertThrows(ExecutionException.class, () -> soon(future)).getCause());
  }

  @Test
  void localhostIsTheIpv4Loopback() throws Exception {
    LocalListener listener = listen(Endpoint.tcp("localhost", 0));
    assertEquals("127.0.0.1", listener.address().ip());
    assertTrue(listener.address().port() > 0);
  }

  @Test
  void bytesGoBothWaysWhole() throws Exception {
    LocalListener listener = listen(Endpoint.tcp("localhost", 0));
    Connected connected =
        soon(sockets.connect(Endpoint.tcp("localhost", listener.address().port())));
    assertEquals(listener.address(), connected.remote());
    ByteStream near = connected.stream();
    ByteStream far = accepted();
    byte[] sent = Bytes.random(3_000_000);

    CompletableFuture<byte[]> up = Bytes.read(far, sent.length);
    CompletableFuture<byte[]> down = Bytes.read(near, sent.length);
    soon(Bytes.write(near, sent));
    soon(Bytes.write(far, sent));

    assertArrayEquals(sent, soon(up));
    assertArrayEquals(sent, soon(down));
  }

  @Test
  void aStreamThatClosesWithUnreadInputStillDeliversWhatItTook() throws Exception {
    LocalListener listener = listen(Endpoint.tcp("127.0.0.1", 0));
    try (Socket peer = new Socket(LOOPBACK, listener.address().port())) {
      peer.setSoTimeout(10_000);
      ByteStream stream = accepted();
      peer.getOutputStream().write(Bytes.random(100_000));
      byte[] answer = Bytes.random(50_000);
      soon(Bytes.read(stream, 1)); // the rest stays unread
      soon(Bytes.write(stream, answer));

      stream.close();
      peer.getOutputStream().write(Bytes.random(100_000)); // and more comes

      assertArrayEquals(answer, peer.getInputStream().readAllBytes());
    }
  }

  @Test
  void abortResets() throws Exception {
    LocalListener listener = listen(Endpoint.tcp("127.0.0.1", 0));
    try (Socket peer = new Socket(LOOPBACK, listener.address().port())) {
      peer.setSoTimeout(10_000);
      accepted().abort();
      assertThrows(IOException.class, () -> peer.getInputStream().read());
    }
  }

  @Test
  void aClosedStreamRefusesAndRunsNoAction() throws Exception {
    LocalListener listener = listen(Endpoint.tcp("127.0.0.1", 0));
    try (Socket peer = new Socket(LOOPBACK, listener.address().port())) {
      ByteStream stream = accepted();
      BlockingQueue<String> ran = new LinkedBlockingQueue<>();
      stream.whenReadable(() -> ran.add("before"));
      stream.close();
      stream.whenReadable(() -> ran.add("after"));
      stream.whenWritable(() -> ran.add("after"));
      peer.getOutputStream().write(1);

      assertThrows(ClosedChannelException.class, () -> stream.read(ByteBuffer.allocate(1)));
      assertThrows(ClosedChannelException.class, () -> stream.write(ByteBuffer.allocate(1)));
      assertThrows(ClosedChannelException.class, stream::shutdownOutput);
      assertEquals(-1, peer.getInputStream().read());
      assertEquals(0, ran.size());
    }
  }

  @Test
  void anActionRunsOnceOnTheLoopAndALaterOneReplacesIt() throws Exception {
    LocalListener listener = listen(Endpoint.tcp("127.0.0.1", 0));
    try (Socket peer = new Socket(LOOPBACK, listener.address().port())) {
      ByteStream stream = accepted();
      BlockingQueue<String> ran = new LinkedBlockingQueue<>();
      stream.whenReadable(() -> ran.add("replaced"));
      stream.whenReadable(() -> ran.add(Thread.currentThread().getName()));
      peer.getOutputStream().write(1);
      assertEquals("localproxy-io", ran.poll(10, TimeUnit.SECONDS));

      // Writable at once: so the loop has turned and seen the byte again.
      CompletableFuture<Void> turned = new CompletableFuture<>();
      stream.whenWritable(() -> turned.complete(null));
      soon(turned);
      assertEquals(0, ran.size());
    }
  }

  @Test
  void aWaitingActionRunsWhenTheOtherSideResets() throws Exception {
    LocalListener listener = listen(Endpoint.tcp("127.0.0.1", 0));
    Socket peer = new Socket(LOOPBACK, listener.address().port());
    ByteStream stream = accepted();
    CompletableFuture<Void> ran = new CompletableFuture<>();
    stream.whenReadable(() -> ran.complete(null));
    peer.setSoLinger(true, 0);
    peer.close();

    soon(ran);
    assertThrows(IOException.class, () -> stream.read(ByteBuffer.allocate(1)));
    stream.close();
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
  void aUnixSocketCarriesBytesIsPrivateAndIsRemovedAtTheEnd(@TempDir Path directory)
      throws Exception {
    Path path = directory.resolve("x.sock");
    LocalListener listener = listen(new Endpoint.Unix(path.toString()));
    assertEquals(path.toString(), listener.address().ip());
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(path));

    Connected connected = soon(sockets.connect(new Endpoint.Unix(path.toString())));
    assertEquals(listener.address(), connected.remote());
    byte[] sent = Bytes.random(500_000);
    CompletableFuture<byte[]> got = Bytes.readAll(accepted());
    soon(Bytes.write(connected.stream(), sent));
    connected.stream().close();
    assertArrayEquals(sent, soon(got));

    listener.close();
    assertFalse(Files.exists(path));
  }

  @Test
  void aStaleUnixSocketIsReplaced(@TempDir Path directory) throws Exception {
    Path path = directory.resolve("x.sock");
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
    assertTrue(Files.exists(path), "closing leaves the file");

    listen(new Endpoint.Unix(path.toString()));
    soon(sockets.connect(new Endpoint.Unix(path.toString())));
    accepted();
  }

  @Test
  void aUnixSocketInUseOrAFileOfAnotherKindIsNotReplaced(@TempDir Path directory) throws Exception {
    Path inUse = directory.resolve("x.sock");
    listen(new Endpoint.Unix(inUse.toString()));
    assertTrue(
        failureOf(
                ListenFailedException.class,
                sockets.listen(new Endpoint.Unix(inUse.toString()), clients::add))
            .getMessage()
            .startsWith("cannot listen on " + inUse + ": Address already in use; "));
    assertTrue(Files.exists(inUse));

    Path file = Files.writeString(directory.resolve("file"), "precious");
    failureOf(
        ListenFailedException.class,
        sockets.listen(new Endpoint.Unix(file.toString()), clients::add));
    assertEquals("precious", Files.readString(file));
  }

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
