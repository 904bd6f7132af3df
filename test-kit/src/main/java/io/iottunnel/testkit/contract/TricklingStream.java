package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A way that gives and takes one byte at a time, and none at every second call. Each of its answers
 * is one that {@link ByteStream} allows.
 */
final class TricklingStream implements ByteStream {

  private final ByteStream way;
  private boolean readsNow;
  private boolean writesNow;

  TricklingStream(ByteStream way) {
    this.way = way;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    readsNow = !readsNow;
    return readsNow ? oneByte(into, way::read) : 0;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    writesNow = !writesNow;
    return writesNow && from.hasRemaining() ? oneByte(from, way::write) : 0;
  }

  private static int oneByte(ByteBuffer buffer, Transfer transfer) throws IOException {
    ByteBuffer one = buffer.duplicate().limit(buffer.position() + 1);
    int count = transfer.move(one);
    buffer.position(one.position());
    return count;
  }

  /** A read or a write. */
  private interface Transfer {
    int move(ByteBuffer buffer) throws IOException;
  }

  @Override
  public void whenReadable(Runnable action) {
    way.whenReadable(action);
  }

  @Override
  public void whenWritable(Runnable action) {
    way.whenWritable(action);
  }

  @Override
  public void shutdownOutput() throws IOException {
    way.shutdownOutput();
  }

  @Override
  public void close() {
    way.close();
  }

  @Override
  public void abort() {
    way.abort();
  }
}
