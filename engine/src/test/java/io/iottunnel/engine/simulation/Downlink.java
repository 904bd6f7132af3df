package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.ports.SessionEnd;
import io.iottunnel.ports.SessionListener;
import io.iottunnel.testkit.wire.Message;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the service says in one session: one stream of bytes, which comes in pieces of any size,
 * each when it is asked for.
 */
final class Downlink {

  private static final Message NOTHING_BEHIND =
      Message.serviceIds(List.of()).withTypeNumber(999, false);

  private final Link link;
  private final ProxyProcess process;
  private final World world;
  private final SessionListener listener;
  private final Deque<Message> due = new ArrayDeque<>();
  private byte[] said = new byte[256];
  private int from;
  private int to;
  private boolean asked;
  private boolean carrying;
  private boolean stalled;
  private ByteBuffer lent = ByteBuffer.allocate(0);
  private Optional<SessionEnd> close = Optional.empty();

  Downlink(Link link, ProxyProcess process, World world, SessionListener listener) {
    this.link = link;
    this.process = process;
    this.world = world;
    this.listener = listener;
  }

  // The service.

  void says(Message message) {
    due.add(message);
    append(message.encode());
  }

  /** Says what is no message; nothing behind it may be heard. */
  void saysNonsense(byte[] nonsense) {
    due.add(NOTHING_BEHIND);
    append(nonsense);
  }

  private void append(byte[] bytes) {
    if (said.length - to < bytes.length) {
      byte[] larger = new byte[2 * (to - from + bytes.length)];
      System.arraycopy(said, from, larger, 0, to - from);
      said = larger;
      to -= from;
      from = 0;
    }
    System.arraycopy(bytes, 0, said, to, bytes.length);
    to += bytes.length;
    carrySoon();
  }

  /** Sends a close frame behind all that. */
  void closes(int code, String reason) {
    close = Optional.of(new SessionEnd.Closed(code, reason));
    carrySoon();
  }

  void stalls() {
    stalled = true;
  }

  void flows() {
    stalled = false;
    carrySoon();
  }

  // The local proxy.

  /** The local proxy asks for a frame, and gives the last one back. */
  void receive() {
    Arrays.fill(lent.array(), (byte) '#');
    asked = true;
    carrySoon();
  }

  /** The local proxy has heard this: it is what was said next. */
  void hears(Message message) {
    assertEquals(due.poll(), message, "what is heard is not what was said");
  }

  private void carrySoon() {
    boolean something = to > from || close.isPresent();
    if (asked && something && !carrying && !stalled) {
      carrying = true;
      world.clock.after(world.dice.delay(), this::carry);
    }
  }

  private void carry() {
    carrying = false;
    if (!asked || stalled || link.isGone() || link.isSilent()) {
      return;
    }
    if (to == from) {
      close.ifPresent(end -> process.tell(() -> link.ends(end)));
      return;
    }
    asked = false;
    int size = Math.min(to - from, process.plot.largestFrame());
    if (world.dice.onceIn(3)) {
      size = world.dice.between(1, size);
    }
    ByteBuffer frame = ByteBuffer.wrap(Arrays.copyOfRange(said, from, from + size));
    from += size;
    lent = frame;
    process.tell(
        () -> {
          if (!link.isGone()) {
            listener.frame(frame);
          }
        });
  }
}
