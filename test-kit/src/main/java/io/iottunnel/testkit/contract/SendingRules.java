package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.ports.TunnelSession;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.contract.TransportBench.Opened;
import io.iottunnel.testkit.websocket.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How frames reach the service. */
public interface SendingRules {

  /** The transport under test. */
  TransportBench bench();

  /** RFC 6455 section 5.1 and 5.2: masked, whole, binary, in the order of the calls. */
  @Test
  default void t60_framesArriveWholeMaskedAndInOrder() throws IOException {
    Opened up = bench().session();
    int[] lengths = {1, 125, 126, 127, 1000, 65_535, 65_536, 65_537, 3};
    CompletableFuture<Integer> sending =
        Background.start(
            () -> {
              for (int length : lengths) {
                up.session().send(Frames.of(TestBytes.first(length)), () -> {});
              }
              return lengths.length;
            });
    for (int length : lengths) {
      Frame frame = up.peer().readFrame();
      assertTrue(frame.isMasked(), "a frame came unmasked");
      assertEquals(Frame.BINARY, frame.opcode());
      assertTrue(frame.fin() && frame.reserved() == 0, frame.toString());
      assertArrayEquals(TestBytes.first(length), frame.payload());
    }
    Deadline.get(sending, "sending");
  }

  /** A session is thread-safe: frames of several threads do not mix, each thread's order stays. */
  @Test
  default void t61_framesOfManyThreadsDoNotMix() throws IOException {
    Opened up = bench().session();
    int threads = 4;
    int each = 100;
    List<CompletableFuture<Integer>> senders = new ArrayList<>();
    for (byte thread = 0; thread < threads; thread++) {
      byte mark = thread;
      senders.add(
          Background.start(
              () -> {
                for (int i = 0; i < each; i++) {
                  byte[] payload = new byte[2 + i];
                  Arrays.fill(payload, mark);
                  payload[1] = (byte) i;
                  up.session().send(Frames.of(payload), () -> {});
                }
                return each;
              }));
    }
    int[] next = new int[threads];
    for (int i = 0; i < threads * each; i++) {
      byte[] payload = up.peer().readFrame().payload();
      int number = next[payload[0]]++;
      byte[] expected = new byte[2 + number];
      Arrays.fill(expected, payload[0]);
      expected[1] = (byte) number;
      assertArrayEquals(expected, payload);
    }
    for (CompletableFuture<Integer> sender : senders) {
      Deadline.get(sender, "sending");
    }
  }

  /** 131,076 bytes are one frame. Look for a library that splits or refuses it. */
  @Test
  default void t62_theLargestFrameIsSentInOne() throws IOException {
    Opened up = bench().session();
    byte[] largest = TestBytes.first(TunnelSession.MAX_FRAME);
    CountDownLatch sent = new CountDownLatch(1);
    up.session().send(Frames.of(largest), sent::countDown);

    assertArrayEquals(largest, up.peer().readFrame().payload());
    Deadline.await(sent, "the news that the largest frame was sent");
  }

  /** {@code sent} runs once for each frame. */
  @Test
  default void t63_sentRunsOncePerFrame() throws IOException {
    Opened up = bench().session();
    AtomicInteger runs = new AtomicInteger();
    for (int i = 0; i < 10; i++) {
      up.session().send(Frames.of(new byte[100]), runs::incrementAndGet);
    }
    Frames.send(up.session(), new byte[] {1});
    for (int i = 0; i < 11; i++) {
      up.peer().readFrame();
    }
    assertEquals(10, runs.get(), "each sent runs once, and before that of a later frame");
  }

  /** Only the frame and the headroom before it are the transport's to write into. */
  @Test
  default void t64_nothingOutsideFrameAndHeadroomIsTouched() throws IOException {
    Opened up = bench().session();
    byte sentinel = 0x55;
    byte[] array = new byte[1000];
    Arrays.fill(array, sentinel);
    ByteBuffer slice = ByteBuffer.wrap(array, 100, 500).slice();
    slice.position(200).limit(300);
    CountDownLatch sent = new CountDownLatch(1);
    up.session().send(slice, sent::countDown);
    Deadline.await(sent, "the news that a frame was sent");

    byte[] expected = new byte[100];
    Arrays.fill(expected, sentinel);
    assertArrayEquals(expected, up.peer().readFrame().payload());
    for (int i = 0; i < array.length; i++) {
      boolean free = i >= 300 - TunnelSession.HEADROOM && i < 400;
      assertTrue(free || array[i] == sentinel, "byte " + (i - 300) + " of the frame was changed");
    }
  }

  /** A ping goes out masked, with a copy of its payload. */
  @Test
  default void t65_aPingCarriesACopyOfItsPayload() throws IOException {
    Opened up = bench().session();
    byte[] payload = TestBytes.first(125);
    up.session().ping(ByteBuffer.wrap(payload));
    Arrays.fill(payload, (byte) 0);

    Frame ping = up.peer().readFrame();
    assertEquals(Frame.PING, ping.opcode());
    assertTrue(ping.isMasked(), "a ping came unmasked");
    assertArrayEquals(TestBytes.first(125), ping.payload());
  }

  /**
   * A service that does not read holds {@code sent} back, which is how the engine learns to read
   * less. Look for a queue that takes frames and calls them sent.
   */
  @Test
  default void t66_aServiceThatDoesNotReadHoldsSentBack() throws IOException {
    Opened up = bench().session();
    int frames = 24;
    AtomicInteger sent = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(frames);
    for (int i = 0; i < frames; i++) {
      up.session()
          .send(
              Frames.of(TestBytes.first(TunnelSession.MAX_FRAME)),
              () -> {
                sent.incrementAndGet();
                all.countDown();
              });
    }
    assertTrue(
        sent.get() < frames / 2, "1.5 MiB are called sent although the service has read nothing");

    for (int i = 0; i < frames; i++) {
      assertArrayEquals(TestBytes.first(TunnelSession.MAX_FRAME), up.peer().readFrame().payload());
    }
    Deadline.await(all, "the news that everything was sent");
  }
}
