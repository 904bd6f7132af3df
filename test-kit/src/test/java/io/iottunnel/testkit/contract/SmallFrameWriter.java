package io.iottunnel.testkit.contract;

import io.iottunnel.testkit.websocket.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Writes what is queued, on a thread of its own. Thread-safe. */
final class SmallFrameWriter {

  private final OutputStream out;
  private final BooleanSupplier over;
  private final Runnable broken;
  private final TransportSabotage sabotage;
  private final BlockingDeque<Outgoing> queue = new LinkedBlockingDeque<>();
  private final Thread thread = new Thread(this::write, "small-transport-writer");
  private Optional<Outgoing> overtaken = Optional.empty();

  private record Outgoing(Frame frame, Runnable sent) {
    /** A frame that nobody waits for. */
    Outgoing(Frame frame) {
      this(frame, () -> {});
    }
  }

  /**
   * A writer that does not run yet.
   *
   * @param over whether the session has ended, so that nothing counts as sent any more
   * @param broken run when the connection cannot be written to
   */
  SmallFrameWriter(
      OutputStream out, BooleanSupplier over, Runnable broken, TransportSabotage sabotage) {
    this.out = out;
    this.over = over;
    this.broken = broken;
    this.sabotage = sabotage;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void write() {
    try {
      while (true) {
        Outgoing next = queue.take();
        Frame frame = next.frame();
        boolean bare = sabotage == TransportSabotage.SENDS_UNMASKED;
        out.write(bare ? frame.encode() : frame.masked().encode());
        if (over.getAsBoolean()) {
          return;
        }
        next.sent().run();
        if (sabotage == TransportSabotage.CALLS_SENT_TWICE) {
          next.sent().run();
        }
      }
    } catch (IOException e) {
      broken.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A binary frame with what {@code payload} has, of which a copy is taken. */
  void data(ByteBuffer payload, Runnable sent) {
    byte[] bytes = RecordingListener.copy(payload);
    Outgoing whole = new Outgoing(Frame.binary(bytes), sent);
    switch (sabotage) {
      case SPLITS_LARGE_FRAMES -> {
        control(Frame.binary(Arrays.copyOf(bytes, 100)));
        queue.add(new Outgoing(Frame.binary(Arrays.copyOfRange(bytes, 100, bytes.length)), sent));
      }
      case WRITES_BEHIND_THE_FRAME -> {
        payload.duplicate().clear().put(payload.limit(), (byte) 0);
        queue.add(whole);
      }
      case CALLS_SENT_AT_ONCE -> {
        sent.run();
        queue.add(new Outgoing(whole.frame()));
      }
      case LETS_LATER_FRAMES_OVERTAKE -> overtake(whole);
      default -> queue.add(whole);
    }
  }

  private synchronized void overtake(Outgoing next) {
    if (overtaken.isEmpty()) {
      overtaken = Optional.of(next);
    } else {
      queue.add(next);
      queue.add(overtaken.get());
      overtaken = Optional.empty();
    }
  }

  /** A frame that nobody waits for. */
  void control(Frame frame) {
    queue.add(new Outgoing(frame));
  }

  /** Our close frame, behind all that waits. */
  void close(Frame frame) {
    if (sabotage == TransportSabotage.CLOSES_BEFORE_WHAT_WAITS) {
      queue.addFirst(new Outgoing(frame));
      start();
    } else {
      control(frame);
    }
  }

  /** The last frame; returns whether it was written in time. */
  boolean last(Frame frame) {
    CountDownLatch written = new CountDownLatch(1);
    queue.add(new Outgoing(frame, written::countDown));
    try {
      return written.await(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends the thread. */
  void end() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (sabotage == TransportSabotage.CALLS_SENT_FOR_WHAT_WAITED) {
      queue.forEach(waiting -> waiting.sent().run());
    }
  }
}
