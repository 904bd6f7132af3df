package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** The smallest stream that keeps every promise: the system's buffers are its only buffers. */
final class SmallStream implements ByteStream {

  private final SmallLoop loop;
  private final SocketChannel channel;
  private final SelectionKey key;
  private Runnable whenReadable;
  private Runnable whenWritable;
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
    loop.execute(
        () -> {
          if (isOpen()) {
            whenReadable = action;
            key.interestOpsOr(SelectionKey.OP_READ);
          }
        });
  }

  @Override
  public void whenWritable(Runnable action) {
    loop.execute(
        () -> {
          if (isOpen()) {
            whenWritable = action;
            key.interestOpsOr(SelectionKey.OP_WRITE);
          }
        });
  }

  @Override
  public void shutdownOutput() throws IOException {
    requireOpen();
    channel.shutdownOutput();
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      channel.shutdownOutput();
    } catch (IOException broken) {
      abort();
    }
    loop.execute(
        () -> {
          whenReadable = this::discard;
          whenWritable = null;
          if (key.isValid()) {
            key.interestOps(SelectionKey.OP_READ);
          }
        });
  }

  @Override
  public void abort() {
    ended = true;
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
    int ready = key.readyOps();
    key.interestOpsAnd(~ready);
    if ((ready & SelectionKey.OP_READ) != 0) {
      Runnable action = whenReadable;
      whenReadable = null;
      action.run();
    }
    if (key.isValid() && (ready & SelectionKey.OP_WRITE) != 0 && whenWritable != null) {
      Runnable action = whenWritable;
      whenWritable = null;
      action.run();
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
    whenReadable = this::discard;
    key.interestOps(SelectionKey.OP_READ);
  }

  private boolean isOpen() {
    return !ended && key.isValid();
  }

  private void requireOpen() throws ClosedChannelException {
    if (ended) {
      throw new ClosedChannelException();
    }
  }
}
