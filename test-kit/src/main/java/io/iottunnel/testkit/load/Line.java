package io.iottunnel.testkit.load;

import io.iottunnel.testkit.load.Content.Flow;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One side of a talk: a TCP connection whose bytes are compared. One thread reads, one writes. */
final class Line implements Closeable {

  /** What lasts longer hangs. */
  static final int LIMIT_MILLIS = 45_000;

  private static final int PIECE = 32 * 1024;
  private static final int SLOW_PIECE = 2 * 1024;
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Socket tcp;
  private final InputStream in;
  private final OutputStream out;
  private final boolean slow;

  Line(Socket tcp, boolean slow) throws IOException {
    this.tcp = tcp;
    this.slow = slow;
    tcp.setTcpNoDelay(true);
    tcp.setSoTimeout(LIMIT_MILLIS);
    in = tcp.getInputStream();
    out = tcp.getOutputStream();
  }

  /** Sends the number of a talk, by which the application knows it. */
  void send(int number) throws IOException {
    out.write(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  /** Sends the next {@code count} bytes. */
  void send(Flow flow, int count) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int left = count; left > 0; ) {
      int length = flow.next(piece, left);
      out.write(piece, 0, length);
      left -= length;
    }
  }

  /** Receives {@code count} bytes. */
  void receive(Flow flow, int count) throws IOException {
    byte[] piece = new byte[slow ? SLOW_PIECE : PIECE];
    for (int left = count; left > 0; ) {
      int length = in.read(piece, 0, Math.min(left, piece.length));
      if (length < 0) {
        throw new EOFException("the end came " + left + " bytes early");
      }
      flow.came(piece, length);
      left -= length;
      if (slow) {
        LockSupport.parkNanos(SLOW_NANOS);
      }
    }
  }

  /** Waits for the end, which must come in order and without a byte more. */
  void receiveEnd() throws IOException {
    int more = in.read();
    if (more >= 0) {
      throw new AssertionError("a byte too many came");
    }
  }

  /** Says that nothing more is sent. */
  void finish() throws IOException {
    tcp.shutdownOutput();
  }

  /** Ends it with a TCP reset. */
  void reset() throws IOException {
    tcp.setSoLinger(true, 0);
    tcp.close();
  }

  @Override
  public void close() throws IOException {
    tcp.close();
  }
}
