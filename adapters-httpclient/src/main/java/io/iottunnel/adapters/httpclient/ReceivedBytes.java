package io.iottunnel.adapters.httpclient;

import io.iottunnel.domain.http.BadAnswerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.apache.hc.core5.http.Chars;
import org.apache.hc.core5.http.nio.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * The bytes that were handed in, as HttpCore's parser and decoders want to see them: they read
 * right from the caller's buffer. HttpCore's own {@link SessionInputBuffer} takes all that there is
 * into a buffer of its own; this one never takes a byte behind what was asked for, and holds
 * nothing but the beginning of a line whose end has not come.
 */
final class ReceivedBytes implements SessionInputBuffer {

  private static final int USUAL_LINE = 128;

  /** Sees every byte of a line go by. */
  interface Watch {
    void pass(byte b) throws BadAnswerException;
  }

  private final Watch watch;
  private final CharArrayBuffer line = new CharArrayBuffer(USUAL_LINE);
  private ByteBuffer received = ByteBuffer.allocate(0);

  ReceivedBytes(Watch watch) {
    this.watch = watch;
  }

  /** From now on these bytes are read, until {@link #letGo}. */
  void take(ByteBuffer bytes) {
    received = bytes;
  }

  /** The bytes are the caller's again. */
  void letGo() {
    received = ByteBuffer.allocate(0);
  }

  @Override
  public boolean readLine(CharArrayBuffer into, boolean endOfStream) throws IOException {
    while (received.hasRemaining()) {
      byte b = received.get();
      watch.pass(b);
      if (b == Chars.LF) {
        into.append(line, 0, lengthWithoutCr());
        line.clear();
        return true;
      }
      line.append((char) (b & 0xff));
    }
    return false;
  }

  private int lengthWithoutCr() {
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == Chars.CR ? length - 1 : length;
  }

  @Override
  public boolean hasData() {
    return received.hasRemaining();
  }

  @Override
  public int length() {
    return line.length() + received.remaining();
  }

  @Override
  public int read() {
    return received.get() & 0xff;
  }

  @Override
  public int read(ByteBuffer into, int atMost) {
    int count = Math.min(Math.min(into.remaining(), atMost), received.remaining());
    into.put(received.slice(received.position(), count));
    received.position(received.position() + count);
    return count;
  }

  @Override
  public int read(ByteBuffer into) {
    return read(into, into.remaining());
  }

  @Override
  public int read(WritableByteChannel into, int atMost) throws IOException {
    ByteBuffer part = received.slice(received.position(), Math.min(atMost, received.remaining()));
    int count = into.write(part);
    received.position(received.position() + count);
    return count;
  }

  @Override
  public int read(WritableByteChannel into) throws IOException {
    return read(into, received.remaining());
  }

  /** Nothing: bytes are handed in, not fetched. */
  @Override
  public int fill(ReadableByteChannel channel) {
    return 0;
  }
}
