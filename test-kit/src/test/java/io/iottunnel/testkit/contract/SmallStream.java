package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** The smallest stream that keeps every promise: the system's buffers are its only buffers. */
class SmallStream implements ByteStream {

  private final SmallLoop loop;
  private final SocketChannel channel;
  private final SelectionKey key;
  private Runnable whenReadable = SmallStream::nothing;
  private Runnable whenWritable = SmallStream::nothing;
  private volatile boolean ended;

  /** On the loop's thread. */
  SmallStream(SmallLoop loop, SocketChannel channel) throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.key = loop.watch(channel, ready -> ready());
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    requireOpen();
    return channel.read(into);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    requireOpen();
    return channel.write(from);
  }

  @Override
  public void whenReadable(Runnable action) {
    loop.execute(() -> await(SelectionKey.OP_READ, action));
  }

  @Override
  public void whenWritable(Runnable action) {
    loop.execute(() -> await(SelectionKey.OP_WRITE, action));
  }

  private synchronized void await(int operation, Runnable action) {
    if (ended || !key.isValid()) {
      return;
    }
    if (operation == SelectionKey.OP_READ) {
      whenReadable = action;
    } else {
      whenWritable = action;
    }
    key.interestOpsOr(operation);
  }

  @Override
  public void shutdownOutput() throws IOException {
    requireOpen();
    channel.shutdownOutput();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      whenReadable = this::discard;
      whenWritable = SmallStream::nothing;
    }
    try {
      channel.shutdownOutput();
      endInput();
    } catch (IOException broken) {
      abort();
    }
  }

  /** Reads on until the other side has ended, too. */
  void endInput() throws IOException {
    loop.execute(() -> watch(SelectionKey.OP_READ));
  }

  @Override
  public void abort() {
    synchronized (this) {
      ended = true;
      whenReadable = SmallStream::nothing;
      whenWritable = SmallStream::nothing;
    }
    try {
      if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)
          && channel.isOpen()) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    loop.flush();
  }

  private void ready() {
    try {
      int ready = key.readyOps();
      key.interestOpsAnd(~ready);
      if ((ready & SelectionKey.OP_READ) != 0) {
        takeReader().run();
      }
      if ((ready & SelectionKey.OP_WRITE) != 0) {
        takeWriter().run();
      }
    } catch (CancelledKeyException abortedMeanwhile) {
      // The actions are gone already.
    }
  }

  private static void nothing() {}

  private synchronized Runnable takeReader() {
    Runnable action = whenReadable;
    whenReadable = SmallStream::nothing;
    return action;
  }

  private synchronized Runnable takeWriter() {
    Runnable action = whenWritable;
    whenWritable = SmallStream::nothing;
    return action;
  }

  private void watch(int operation) {
    if (key.isValid()) {
      key.interestOps(operation);
    }
  }

  /** Reads on after close: unread input would turn the end into a reset. */
  private void discard() {
    ByteBuffer waste = ByteBuffer.allocate(8192);
    try {
      int count = channel.read(waste);
      while (count > 0) {
        count = channel.read(waste.clear());
      }
      if (count < 0) {
        channel.close();
        return;
      }
    } catch (IOException broken) {
      abort();
      return;
    }
    synchronized (this) {
      whenReadable = this::discard;
    }
    watch(SelectionKey.OP_READ);
  }

  private void requireOpen() throws ClosedChannelException {
    if (ended) {
      throw new ClosedChannelException();
    }
  }
}
