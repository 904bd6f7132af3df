package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A way to a service on loopback, so that a transport is tested without anyone's dialer. It keeps
 * every promise of {@link ByteStream} and has a thread of its own for the waiting.
 */
final class LoopbackStream implements ByteStream {

  /**
   * What is asked of the system for each direction: small, so that back-pressure shows early, and
   * not smaller, as loopback's large segments stall in less.
   */
  static final int BUFFER = 128 * 1024;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final AtomicReference<@Nullable Runnable> onReadable = new AtomicReference<>();
  private final AtomicReference<@Nullable Runnable> onWritable = new AtomicReference<>();
  private volatile boolean discarding;
  private volatile boolean closed;

  private LoopbackStream(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    selector = Selector.open();
    key = channel.register(selector, 0);
  }

  /** Connects to {@code port}. */
  static LoopbackStream connect(int port) {
    try {
      SocketChannel channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      LoopbackStream stream = new LoopbackStream(channel);
      Thread thread = new Thread(stream::run, "contract-way");
      thread.setDaemon(true);
      thread.start();
      return stream;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run() {
    try (selector) {
      while (!closed) {
        int reads = onReadable.get() == null && !discarding ? 0 : SelectionKey.OP_READ;
        int writes = onWritable.get() == null ? 0 : SelectionKey.OP_WRITE;
        key.interestOps(reads | writes);
        selector.select(ready -> dispatch(ready.readyOps()));
        if (!closed && discarding) {
          discard();
        }
      }
    } catch (CancelledKeyException e) {
      // Closed by another thread a moment ago: nobody waits any more.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void dispatch(int ready) {
    if (!closed && (ready & SelectionKey.OP_READ) != 0) {
      runOnce(onReadable);
    }
    if (!closed && (ready & SelectionKey.OP_WRITE) != 0) {
      runOnce(onWritable);
    }
  }

  /** Reads on after {@link #close}: to leave input unread would reset what was written. */
  private void discard() {
    ByteBuffer scratch = ByteBuffer.allocate(BUFFER);
    try {
      int count;
      do {
        count = channel.read(scratch.clear());
      } while (count > 0);
      if (count < 0) {
        end(false);
      }
    } catch (IOException e) {
      end(false); // broken: nobody is left to deliver to
    }
  }

  private static void runOnce(AtomicReference<@Nullable Runnable> waiting) {
    Runnable action = waiting.getAndSet(null);
    if (action != null) {
      action.run();
    }
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
    await(onReadable, action);
  }

  @Override
  public void whenWritable(Runnable action) {
    await(onWritable, action);
  }

  private void await(AtomicReference<@Nullable Runnable> waiting, Runnable action) {
    waiting.set(discarding ? null : action);
    selector.wakeup();
  }

  private void requireOpen() throws ClosedChannelException {
    if (discarding) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public synchronized void close() {
    if (discarding || closed) {
      return;
    }
    discarding = true;
    onReadable.set(null);
    onWritable.set(null);
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      end(false); // broken: nobody is left to deliver to
    }
    selector.wakeup();
  }

  @Override
  public void abort() {
    end(true);
  }

  private synchronized void end(boolean reset) {
    if (closed) {
      return;
    }
    discarding = true;
    closed = true;
    try {
      if (reset) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      selector.wakeup();
    }
  }
}
