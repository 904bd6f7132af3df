package io.iottunnel.adapters.nio;

import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Executor;

/** A stream some of whose first bytes have been read already: they come first. */
final class PrefixedStream implements ByteStream {

  private final Executor loop;
  private final ByteBuffer prefix;
  private final ByteStream rest;
  private final PendingAction onReadable = new PendingAction();
  private volatile boolean closed;

  /**
   * @param prefix its remaining bytes are read before {@code rest}; now this stream's
   */
  PrefixedStream(Executor loop, ByteBuffer prefix, ByteStream rest) {
    this.loop = loop;
    this.prefix = prefix;
    this.rest = rest;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!prefix.hasRemaining()) {
      return rest.read(into);
    }
    if (closed) {
      throw new ClosedChannelException();
    }
    return move(prefix, into);
  }

  /** Moves as many bytes as there are and fit. */
  static int move(ByteBuffer from, ByteBuffer into) {
    int count = Math.min(from.remaining(), into.remaining());
    into.put(from.slice(from.position(), count));
    from.position(from.position() + count);
    return count;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return rest.write(from);
  }

  @Override
  public void whenReadable(Runnable action) {
    onReadable.clear(); // a later action replaces one that still waits
    if (!prefix.hasRemaining()) {
      rest.whenReadable(action);
      return;
    }
    onReadable.set(action);
    if (closed) {
      onReadable.clear();
    } else {
      loop.execute(onReadable);
    }
  }

  @Override
  public void whenWritable(Runnable action) {
    rest.whenWritable(action);
  }

  @Override
  public void shutdownOutput() throws IOException {
    rest.shutdownOutput();
  }

  @Override
  public void close() {
    closed = true;
    onReadable.clear();
    rest.close();
  }

  @Override
  public void abort() {
    closed = true;
    onReadable.clear();
    rest.abort();
  }
}
