package io.iottunnel.testkit.emulator;

import io.iottunnel.testkit.websocket.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Judges the frames of one session, and joins fragments. Thread-safe. */
final class FrameJudge {

  static final int LARGEST_FRAME = 131_076;
  private static final int LARGEST_CONTROL_FRAME = 125;

  private final BiConsumer<Rule, String> breach;
  private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();
  private final Deque<ByteBuffer> pings = new ArrayDeque<>();
  private boolean fragmented;
  private boolean closed;

  FrameJudge(BiConsumer<Rule, String> breach) {
    this.breach = breach;
  }

  /** The service is about to send a ping, which from now on may be answered. */
  synchronized void pinged(byte[] payload) {
    pings.add(ByteBuffer.wrap(payload.clone()));
  }

  /**
   * A frame came from the client.
   *
   * @return the payload of the data frame, or of all its fragments, that this frame completes
   */
  synchronized Optional<byte[]> came(Frame frame) {
    require(Rule.MASKED, frame.isMasked(), frame);
    require(Rule.RESERVED_BITS, frame.reserved() == 0, frame);
    require(Rule.NOTHING_AFTER_CLOSE, !closed, frame);
    return switch (frame.opcode()) {
      case Frame.CLOSE -> {
        requireControlForm(frame);
        closed = true;
        yield Optional.empty();
      }
      case Frame.PING -> {
        requireControlForm(frame);
        yield Optional.empty();
      }
      case Frame.PONG -> {
        requireControlForm(frame);
        ponged(frame);
        yield Optional.empty();
      }
      case Frame.CONTINUATION -> {
        require(Rule.FRAGMENTS_IN_ORDER, fragmented, frame);
        yield data(frame);
      }
      case Frame.BINARY -> {
        require(Rule.FRAGMENTS_IN_ORDER, !fragmented, frame);
        yield data(frame);
      }
      case Frame.TEXT -> {
        breach.accept(Rule.BINARY_ONLY, frame.toString());
        yield Optional.empty();
      }
      default -> {
        breach.accept(Rule.KNOWN_OPCODE, frame.toString());
        yield Optional.empty();
      }
    };
  }

  private Optional<byte[]> data(Frame frame) {
    require(Rule.FRAME_SIZE, fragments.size() + frame.payload().length <= LARGEST_FRAME, frame);
    if (frame.fin() && fragments.size() == 0) {
      fragmented = false;
      return Optional.of(frame.payload());
    }
    fragments.writeBytes(frame.payload());
    fragmented = !frame.fin();
    if (fragmented) {
      return Optional.empty();
    }
    byte[] whole = fragments.toByteArray();
    fragments.reset();
    return Optional.of(whole);
  }

  private void ponged(Frame frame) {
    ByteBuffer payload = ByteBuffer.wrap(frame.payload());
    if (!pings.contains(payload)) {
      breach.accept(Rule.PONG_ONCE, "not asked for, or answered before: " + frame);
      return;
    }
    for (ByteBuffer ping = pings.remove(); !ping.equals(payload); ping = pings.remove()) {
      breach.accept(Rule.PONG_ONCE, "an earlier ping was passed over by " + frame);
    }
  }

  private void requireControlForm(Frame frame) {
    boolean good = frame.fin() && frame.payload().length <= LARGEST_CONTROL_FRAME;
    require(
        Rule.CONTROL_FRAME_FORM,
        good && (frame.opcode() != Frame.CLOSE || frame.payload().length != 1),
        frame);
  }

  private void require(Rule rule, boolean kept, Frame frame) {
    if (!kept) {
      breach.accept(rule, frame.toString());
    }
  }
}
