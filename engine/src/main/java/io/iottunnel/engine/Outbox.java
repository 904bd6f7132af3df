package io.iottunnel.engine;

import io.iottunnel.ports.TunnelSession;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The way out of one session: one frame at a time is with the transport, what comes meanwhile waits
 * here, and small DATA messages that wait share a frame. A start or a reset has a frame of its own:
 * the reference local proxy leaves unprocessed what follows one in a frame.
 *
 * <p>How much waits is bounded by the domain, which lets local sides be read only while there is
 * room. Confined to the loop.
 */
final class Outbox {

  private static final int SMALL = 4 * 1024;
  private static final int MOST_IN_A_SHARED_FRAME = 32 * 1024;

  private record Item(ByteBuffer bytes, boolean isData, Optional<Runnable> sent) {
    boolean mayShare() {
      return isData && bytes.remaining() <= SMALL;
    }
  }

  private final TunnelSession session;
  private final int sharedFrame;
  private final Executor loop;
  private final ArrayDeque<Item> waiting = new ArrayDeque<>();
  private boolean inFlight;
  private Optional<Runnable> whenEmpty = Optional.empty();

  /**
   * @param largestFrame how many bytes a frame may have
   */
  Outbox(TunnelSession session, int largestFrame, Executor loop) {
    this.session = session;
    this.sharedFrame = Math.min(MOST_IN_A_SHARED_FRAME, largestFrame);
    this.loop = loop;
  }

  /** Sends a start or a reset. */
  void sendControl(ByteBuffer message) {
    waiting.add(new Item(message, false, Optional.empty()));
    next();
  }

  /**
   * Sends DATA.
   *
   * @param sent runs on the loop when the message has left, and with it the buffer is free
   */
  void sendData(ByteBuffer message, Runnable sent) {
    waiting.add(new Item(message, true, Optional.of(sent)));
    next();
  }

  /** Runs {@code action} on the loop behind everything that waits. */
  void whenEmpty(Runnable action) {
    whenEmpty = Optional.of(action);
    next();
  }

  private void next() {
    if (inFlight) {
      return;
    }
    Item first = waiting.poll();
    if (first == null) {
      Optional<Runnable> action = whenEmpty;
      whenEmpty = Optional.empty();
      action.ifPresent(Runnable::run);
      return;
    }
    Item second = waiting.peek();
    boolean shared = first.mayShare() && second != null && second.mayShare();
    Item frame = shared ? share(first) : first;
    inFlight = true;
    session.send(frame.bytes(), () -> loop.execute(() -> left(frame)));
  }

  private void left(Item frame) {
    inFlight = false;
    frame.sent().ifPresent(Runnable::run);
    next();
  }

  private Item share(Item first) {
    int room = Math.max(sharedFrame, first.bytes().remaining());
    ByteBuffer frame = ByteBuffer.allocate(TunnelSession.HEADROOM + room);
    frame.position(TunnelSession.HEADROOM);
    ArrayDeque<Runnable> sent = new ArrayDeque<>();
    Item item = first;
    while (true) {
      frame.put(item.bytes());
      item.sent().ifPresent(sent::add);
      Item following = waiting.peek();
      if (following == null
          || !following.mayShare()
          || following.bytes().remaining() > frame.remaining()) {
        break;
      }
      item = waiting.remove();
    }
    frame.flip().position(TunnelSession.HEADROOM);
    return new Item(frame, true, Optional.of(() -> sent.forEach(Runnable::run)));
  }
}
