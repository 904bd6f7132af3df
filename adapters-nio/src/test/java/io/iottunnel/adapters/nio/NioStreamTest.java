package io.iottunnel.adapters.nio;

import static io.iottunnel.adapters.nio.Bytes.soon;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets.Connected;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bytes of connected sockets, and their ends. */
class NioStreamTest extends LocalSocketsBench {

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
}
