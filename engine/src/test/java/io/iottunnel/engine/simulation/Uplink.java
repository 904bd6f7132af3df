package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.ports.TunnelSession;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageStream;
import io.iottunnel.testkit.wire.MessageType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** What a local proxy sends in one session: carried frame by frame, while the service reads. */
final class Uplink {

  private record Frame(List<MessageStream.Piece> pieces, Runnable sent) {
    long payload() {
      return pieces.stream().mapToLong(p -> p.message().payload().size()).sum();
    }
  }

  private final Link link;
  private final ProxyProcess process;
  private final World world;
  private final MessageStream parser = new MessageStream();
  private final Deque<Message> decided = new ArrayDeque<>();
  private final Deque<Frame> frames = new ArrayDeque<>();
  private boolean carrying;
  private boolean stalled;

  Uplink(Link link, ProxyProcess process, World world) {
    this.link = link;
    this.process = process;
    this.world = world;
  }

  /** The local proxy has decided to send this; it is to come, in this order. */
  void decides(Message message) {
    decided.add(message);
  }

  /** Frames that have not been taken by the network. */
  int waiting() {
    return frames.size();
  }

  /** The service reads no further until {@link #flows}. */
  void stalls() {
    stalled = true;
  }

  void flows() {
    stalled = false;
    carrySoon();
  }

  void send(ByteBuffer bytes, Runnable sent) {
    assertTrue(bytes.position() >= TunnelSession.HEADROOM, "no room for a header");
    assertTrue(bytes.remaining() <= TunnelSession.MAX_FRAME, "a frame too large");
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    spoil(bytes);
    Frame frame = new Frame(parse(copy), sent);
    frame.pieces().forEach(this::check);
    frames.add(frame);
    if (frames.size() == 1 && !stalled && !link.isGone() && world.dice.onceIn(3)) {
      take();
    } else {
      carrySoon();
    }
  }

  /**
   * The frame belongs to the transport, which may mask it in place and put its header before it.
   */
  private static void spoil(ByteBuffer frame) {
    int from = frame.arrayOffset() + frame.position();
    Arrays.fill(frame.array(), from - TunnelSession.HEADROOM, from + frame.remaining(), (byte) '~');
  }

  private List<MessageStream.Piece> parse(byte[] frame) {
    try {
      return parser.append(frame);
    } catch (IOException e) {
      throw new AssertionError("it sends what does not parse", e);
    }
  }

  private void check(MessageStream.Piece piece) {
    Message message = piece.message();
    assertEquals(decided.poll(), message, "what is sent is not what was decided");
    assertTrue(
        message.is(MessageType.DATA) || (piece.beginsFrame() && piece.endsFrame()),
        () -> message + " shares its frame");
  }

  private void carrySoon() {
    if (!carrying && !stalled && !frames.isEmpty()) {
      carrying = true;
      world.clock.after(
          world.dice.delay(),
          () -> {
            carrying = false;
            if (!stalled && !link.isGone()) {
              process.tell(this::take);
            }
          });
    }
  }

  /** The network takes the oldest frame, and the service reads it if it is still there. */
  private void take() {
    if (frames.isEmpty() || link.isGone()) {
      return;
    }
    Frame frame = frames.remove();
    stalled |= link.isSilent();
    if (!link.isSilent()) {
      frame.pieces().forEach(piece -> world.service.hears(link, piece.message()));
    }
    process.watch.accounts().sent(frame.payload());
    frame.sent().run();
    carrySoon();
  }
}
