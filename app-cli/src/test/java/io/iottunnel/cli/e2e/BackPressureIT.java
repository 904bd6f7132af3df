package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.LocalProxyProcess;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody reads no more, and far more is sent to him than fits into the heap of the process
 * between: which holds its bounds, since otherwise it would be out of memory.
 */
class BackPressureIT {

  private static final int MANY = 96 << 20;
  private static final Bulk SMALL = Bulk.random(2, 500_000);

  /** How long a full socket takes nothing before it is held for full. */
  private static final int STILL_MILLIS = 1_000;

  private static final Pattern ENDED = Pattern.compile("\\] \\S+ ended: ");

  @Test
  void anApplicationThatStopsReadingIsResetAloneAndItsBytesDoNotPileUp(@TempDir Path directory)
      throws Exception {
    Bulk withinItsBound = Bulk.random(3, 3 << 20);
    Bulk many = Bulk.random(4, MANY);
    CountDownLatch over = new CountDownLatch(1);
    try (Application deaf = Application.that(read -> Deadline.await(over, "the end of the test"));
        Application echo = Application.echo();
        ProcessTunnel tunnel = new ProcessTunnel(directory, "SSH1", "WEB")) {
      LocalProxyProcess destination =
          tunnel.destination(
              Terms.USUAL.smallHeap().settings("{\"tcp\":{\"stall_timeout_ms\":1000}}"),
              Map.of("SSH1", deaf, "WEB", echo));
      LocalProxyProcess source = tunnel.source(Terms.USUAL.smallHeap());
      try (Peer good = ProcessTunnel.client(source, "WEB");
          Peer blocked = ProcessTunnel.client(source, "SSH1")) {
        withinItsBound.sendTo(blocked);
        Bulk.exchange(good, SMALL, SMALL);
        CompletableFuture<Boolean> sending =
            Background.start(
                () -> {
                  many.sendTo(blocked);
                  return true;
                });
        destination.awaitLine("SSH1/1#1 ended: it took nothing for 1 s");
        blocked.awaitEnd();
        blocked.reset();
        Deadline.failure(sending, "sending all of it");
        assertTrue(
            tunnel.tunnel().source().payloadBytes() < MANY / 2, "what is not taken is not sent");
        Bulk.exchange(good, SMALL, SMALL);
        assertEquals(1, ENDED.matcher(destination.err()).results().count(), destination.err());
      } finally {
        over.countDown();
      }
      tunnel.endInOrder();
    }
  }

  @Test
  void whatAServiceThatStopsReadingDoesNotTakeStaysWithItsClientAndArrivesAfterwards(
      @TempDir Path directory) throws Exception {
    Bulk many = Bulk.random(5, MANY);
    try (Application reading = Application.that(many::expectAllFrom);
        ProcessTunnel tunnel = new ProcessTunnel(directory, "SSH1")) {
      tunnel.destination(Terms.USUAL, Map.of("SSH1", reading));
      LocalProxyProcess source = tunnel.source(Terms.USUAL.smallHeap());
      int port = source.port("SSH1");
      tunnel.tunnel().source().stopReading();
      try (SocketChannel client =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
        ByteBuffer bytes = many.buffer();
        writeWhileItTakesAnything(client, bytes);
        assertTrue(bytes.position() < MANY / 2, bytes.position() + " bytes");

        tunnel.tunnel().source().resumeReading();

        client.configureBlocking(true);
        while (bytes.hasRemaining()) {
          client.write(bytes);
        }
      }
      reading.awaitConversation();
      tunnel.endInOrder();
    }
  }

  private static void writeWhileItTakesAnything(SocketChannel client, ByteBuffer bytes)
      throws IOException {
    client.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      client.register(selector, SelectionKey.OP_WRITE);
      while (bytes.hasRemaining() && selector.select(STILL_MILLIS) > 0) {
        selector.selectedKeys().clear();
        client.write(bytes);
      }
    }
  }
}
