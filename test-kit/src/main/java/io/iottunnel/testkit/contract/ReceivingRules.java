package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.contract.TransportBench.Opened;
import io.iottunnel.testkit.websocket.Chop;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.websocket.ServerConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How frames reach the listener. */
public interface ReceivingRules {

  /** The transport under test. */
  TransportBench bench();

  /** Skips the test, visibly, where the transport declares that it cannot. */
  void requireControlFramesWithoutDemand();

  /** Demand is how the engine slows the service down. Each {@code receive} is for one frame. */
  @Test
  default void t40_framesComeOnlyWhenAskedFor() throws IOException {
    Opened up = bench().session();
    up.peer().send(Frame.binary(new byte[] {1}));
    up.peer().send(Frame.binary(new byte[] {2}));
    letTimePass(up);
    assertEquals(0, up.listener().framesWaiting(), "a frame that nobody asked for");

    up.session().receive();
    assertArrayEquals(new byte[] {1}, RecordingListener.copy(up.listener().awaitFrame()));
    letTimePass(up);
    assertEquals(0, up.listener().framesWaiting(), "a second frame for one receive()");

    up.session().receive();
    assertArrayEquals(new byte[] {2}, RecordingListener.copy(up.listener().awaitFrame()));
  }

  /** Demand does not add up: to ask again before a frame has come changes nothing. */
  @Test
  default void t41_toAskTwiceIsToAskOnce() throws IOException {
    Opened up = bench().session();
    up.session().receive();
    up.session().receive();
    up.peer().send(Frame.binary(new byte[] {1}));
    up.peer().send(Frame.binary(new byte[] {2}));

    up.listener().awaitFrame();
    letTimePass(up);
    assertEquals(0, up.listener().framesWaiting(), "a second frame for one demand");
  }

  /** Lengths on each side of RFC 6455's three forms, in one stream. */
  @Test
  default void t42_thePayloadIsIntactInFramesOfAnyLength() throws IOException {
    Opened up = bench().session();
    int[] lengths = {1, 0, 125, 126, 127, 128, 65_535, 65_536, 65_537, 2, 16_384, 131_076};
    CompletableFuture<Integer> sending =
        Background.start(
            () -> {
              int at = 0;
              for (int length : lengths) {
                up.peer().send(Frame.binary(TestBytes.at(at, length)));
                at += length;
              }
              return at;
            });
    up.listener().askForAll(up.session());

    int total = Deadline.get(sending, "sending frames of all lengths");
    assertArrayEquals(TestBytes.first(total), up.listener().awaitBytes(total));
  }

  /** TLS records and frames are cut at any byte, by the network and by the service. */
  @Test
  default void t43_thePayloadIsIntactAtAnySplit() throws IOException {
    Opened up = bench().session(bench().service(bench().serverTls(), Chop.upTo(50, 20261122)));
    int total = 20_000;
    CompletableFuture<Integer> sending =
        Background.start(
            () -> {
              up.peer()
                  .sendBinary(TestBytes.first(total), 0, total, Chop.upTo(5, 1).lengths(), total);
              return total;
            });
    up.listener().askForAll(up.session());

    Deadline.get(sending, "sending in small pieces");
    assertArrayEquals(TestBytes.first(total), up.listener().awaitBytes(total));
  }

  /** The payload is the receiver's until it asks for more: look for a buffer that is reused. */
  @Test
  default void t44_aPayloadStaysAsItIsUntilTheNextDemand() throws IOException {
    Opened up = bench().session();
    up.session().receive();
    up.peer().send(Frame.binary(TestBytes.at(0, 1000)));
    ByteBuffer held = up.listener().awaitFrame();
    byte[] before = RecordingListener.copy(held);
    up.peer().send(Frame.binary(TestBytes.at(5000, 1000)));
    letTimePass(up);

    assertArrayEquals(before, RecordingListener.copy(held));
  }

  /** RFC 6455 section 5.4: fragments, with a ping among them. */
  @Test
  default void t45_fragmentsAreOneStreamOfBytes() throws IOException {
    Opened up = bench().session();
    ServerConnection peer = up.peer();
    peer.send(new Frame(false, 0, Frame.BINARY, false, TestBytes.at(0, 100)));
    peer.send(Frame.of(Frame.PING, new byte[] {1}));
    peer.send(new Frame(false, 0, Frame.CONTINUATION, false, TestBytes.at(100, 100)));
    peer.send(new Frame(true, 0, Frame.CONTINUATION, false, TestBytes.at(200, 100)));
    up.listener().askForAll(up.session());

    assertArrayEquals(TestBytes.first(300), up.listener().awaitBytes(300));
    assertEquals(Frame.PONG, peer.readFrame().opcode());
  }

  /** RFC 6455 section 5.5.2 and 5.5.3: each ping has one pong with its payload, and is noticed. */
  @Test
  default void t46_eachPingIsAnsweredOnce() throws IOException {
    Opened up = bench().session();
    up.session().receive();
    up.peer().send(Frame.of(Frame.PING, new byte[0]));
    up.peer().send(Frame.of(Frame.PING, TestBytes.first(125)));
    assertPong(new byte[0], up.peer().readFrame());
    assertPong(TestBytes.first(125), up.peer().readFrame());
    up.listener().awaitSignOfLife();
    up.listener().awaitSignOfLife();

    Frames.send(up.session(), new byte[] {7});
    assertEquals(Frame.BINARY, up.peer().readFrame().opcode(), "one pong too many");
  }

  private static void assertPong(byte[] payload, Frame frame) {
    assertEquals(Frame.PONG, frame.opcode());
    assertArrayEquals(payload, frame.payload());
  }

  /** A service that is slowed down may still ask whether anyone is there. */
  @Test
  default void t47_pingsAreAnsweredAlsoWhileNoFrameIsAskedFor() throws IOException {
    requireControlFramesWithoutDemand();
    Opened up = bench().session();
    up.peer().send(Frame.of(Frame.PING, new byte[] {1}));

    assertPong(new byte[] {1}, up.peer().readFrame());
  }

  /** Pongs prove the link alive; who asked for them is the engine's affair. */
  @Test
  default void t48_pongsAreReportedAskedForOrNot() throws IOException {
    Opened up = bench().session();
    up.session().receive();
    up.peer().send(Frame.of(Frame.PONG, new byte[] {1, 2, 3}));
    assertArrayEquals(new byte[] {1, 2, 3}, up.listener().awaitPong());

    up.session().ping(ByteBuffer.wrap(new byte[] {4}));
    Frame ping = up.peer().readFrame();
    up.peer().send(Frame.of(Frame.PONG, ping.payload()));
    assertArrayEquals(new byte[] {4}, up.listener().awaitPong());
  }

  /** The listener asks for the next frame inside the call: look for a stack that grows. */
  @Test
  default void t49_theListenerMayAskInsideItsCall() throws IOException {
    Opened up = bench().session();
    int total = 20_000;
    CompletableFuture<Integer> sending =
        Background.start(
            () -> {
              up.peer().sendBinary(TestBytes.first(total), 0, total, Chop.everyByte().lengths(), 1);
              return total;
            });
    up.listener().askForAll(up.session());

    Deadline.get(sending, "sending many small frames");
    assertArrayEquals(TestBytes.first(total), up.listener().awaitBytes(total));
  }

  /** While nobody asks, nothing is read, and TCP slows the service down. */
  @Test
  default void t50_aServiceThatIsNotHeardCannotSendWithoutEnd() throws Exception {
    Opened up = bench().session();
    int chunks = 24;
    byte[] chunk = new byte[128 * 1024];
    AtomicInteger sent = new AtomicInteger();
    CompletableFuture<Integer> sending =
        Background.start(
            () -> {
              while (sent.get() < chunks) {
                up.peer().send(Frame.binary(chunk));
                sent.incrementAndGet();
              }
              return chunks;
            });
    awaitStandstill(sending, sent);
    assertTrue(
        sent.get() < chunks, "3 MiB were taken from the service although nobody asked for them");

    up.listener().askForAll(up.session());
    Deadline.get(sending, "sending once frames are asked for");
    assertEquals(chunks * chunk.length, up.listener().awaitBytes(chunks * chunk.length).length);
  }

  /** Waits until {@code work} is done, or its counter has stood still for a while. */
  private static void awaitStandstill(CompletableFuture<?> work, AtomicInteger counter)
      throws Exception {
    int before = -1;
    while (counter.get() != before) {
      before = counter.get();
      try {
        work.get(300, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Not done: look whether it moved.
      }
    }
  }

  /** The listener is told one thing at a time, though much happens at once. */
  @Test
  default void t51_theListenerIsCalledOneAtATime() throws IOException {
    Opened up = bench().session();
    up.listener().takeYourTime();
    up.listener().askForAll(up.session());
    ByteArrayOutputStream burst = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      burst.writeBytes(Frame.binary(new byte[100]).encode());
      burst.writeBytes(Frame.of(Frame.PONG, new byte[] {1}).encode());
    }
    CompletableFuture<Integer> sending =
        Background.start(
            () -> {
              for (int i = 0; i < 500; i++) {
                up.session().receive();
                up.session().send(Frames.of(new byte[10]), () -> {});
              }
              return 500;
            });
    up.peer().write(burst.toByteArray());
    for (int i = 0; i < 500; i++) {
      up.peer().readFrame();
    }

    Deadline.get(sending, "sending beside receiving");
    up.listener().awaitBytes(100 * 100);
    assertEquals(0, up.listener().overlaps(), "calls of the listener at the same time");
  }

  /**
   * Sends something and waits until the service has it, again and again, until even a busy machine
   * would have delivered a frame that nobody asked for.
   */
  private static void letTimePass(Opened up) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
    while (System.nanoTime() < end) {
      Frames.send(up.session(), new byte[] {1});
      Peers.nextData(up.peer());
    }
  }
}
