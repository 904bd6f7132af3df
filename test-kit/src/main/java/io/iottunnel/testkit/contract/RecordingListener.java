package io.iottunnel.testkit.contract;

import io.iottunnel.ports.SessionEnd;
import io.iottunnel.ports.SessionListener;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.testkit.Deadline;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Notes what a session tells, and asks for more where it was told to. */
final class RecordingListener implements SessionListener {

  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final AtomicInteger secured = new AtomicInteger();
  private final AtomicInteger overlaps = new AtomicInteger();
  private final AtomicInteger callsAfterTheEnd = new AtomicInteger();
  private final BlockingQueue<ByteBuffer> frames = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> pongs = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> signsOfLife = new LinkedBlockingQueue<>();
  private final BlockingQueue<SessionEnd> ends = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private volatile @Nullable TunnelSession asking;
  private volatile boolean over;
  private volatile long nanosPerCall;

  @Override
  public void secured() {
    note(secured::incrementAndGet);
  }

  @Override
  public void frame(ByteBuffer payload) {
    note(
        () -> {
          TunnelSession session = asking;
          if (session == null) {
            frames.add(payload);
          } else {
            keep(copy(payload));
            session.receive();
          }
        });
  }

  @Override
  public void pong(ByteBuffer payload) {
    note(() -> pongs.add(copy(payload)));
  }

  @Override
  public void alive() {
    note(() -> signsOfLife.add(true));
  }

  @Override
  public void ended(SessionEnd end) {
    note(() -> ends.add(end));
    over = true;
  }

  private void note(Runnable note) {
    // A call that the listener itself provokes, by asking for more, is not at the same time.
    if (!oneAtATime.tryLock()) {
      overlaps.incrementAndGet();
      oneAtATime.lock();
    }
    try {
      if (over) {
        callsAfterTheEnd.incrementAndGet();
      }
      note.run();
      LockSupport.parkNanos(nanosPerCall);
    } finally {
      oneAtATime.unlock();
    }
  }

  /** From now on every call lasts a little, so that another one at the same time shows. */
  void takeYourTime() {
    nanosPerCall = 200_000;
  }

  private void keep(byte[] bytes) {
    synchronized (received) {
      received.writeBytes(bytes);
      received.notifyAll();
    }
  }

  static byte[] copy(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return bytes;
  }

  /** From now on every frame is copied, and the next one asked for at once, inside the call. */
  void askForAll(TunnelSession session) {
    asking = session;
    session.receive();
  }

  /** Waits until that many bytes were received by asking for all, and returns them. */
  byte[] awaitBytes(int count) {
    Deadline.await(received, () -> received.size() >= count, count + " bytes of payload");
    return received();
  }

  /** What was received so far by asking for all. */
  byte[] received() {
    synchronized (received) {
      return received.toByteArray();
    }
  }

  /** The next frame, or part of one, as it was handed over. */
  ByteBuffer awaitFrame() {
    return Deadline.next(frames, "a frame that was asked for");
  }

  byte[] awaitPong() {
    return Deadline.next(pongs, "a pong");
  }

  void awaitSignOfLife() {
    Deadline.next(signsOfLife, "a sign of life");
  }

  SessionEnd awaitEnd() {
    return Deadline.next(ends, "the end of the session");
  }

  int secureds() {
    return secured.get();
  }

  /** How many frames were handed over and not looked at. */
  int framesWaiting() {
    return frames.size();
  }

  /** How many calls came while another one ran. */
  int overlaps() {
    return overlaps.get();
  }

  /** How many calls came behind the end, a second end among them. */
  int callsAfterTheEnd() {
    return callsAfterTheEnd.get();
  }
}
