package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.testkit.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose selector thread is the test's own: actions run inside {@link #driveUntil} and
 * nowhere else, so a test knows on which thread everything happens.
 */
final class HandDrivenStream implements ByteStream, AutoCloseable {

  /** So that back-pressure shows early. */
  private static final int SMALL_BUFFER = 128 * 1024;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private volatile @Nullable Runnable readable;
  private volatile @Nullable Runnable writable;
  private int inThisTurn;
  private int mostInOneTurn;

  HandDrivenStream(HostAndPort address) throws IOException {
    channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_SNDBUF, SMALL_BUFFER);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.connect(new InetSocketAddress(address.host(), address.port()));
    channel.configureBlocking(false);
    selector = Selector.open();
    key = channel.register(selector, 0);
  }

  /** Lets the stream's actions run, on this thread, until {@code done}. */
  void driveUntil(BooleanSupplier done) throws IOException {
    long end = System.nanoTime() + Deadline.LIMIT.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come within " + Deadline.LIMIT);
      }
      turn();
    }
  }

  /** Lets the stream's actions run, on this thread, until {@code future} is done. */
  <T> T await(Future<T> future) throws Exception {
    driveUntil(future::isDone);
    return future.get(0, TimeUnit.SECONDS);
  }

  private void turn() throws IOException {
    try {
      selector.select(20);
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException e) {
      LockSupport.parkNanos(1_000_000); // only other threads can bring something now
      return;
    }
    int ready = takeReady();
    Runnable read = readable;
    if ((ready & SelectionKey.OP_READ) != 0 && read != null) {
      readable = null;
      inThisTurn = 0;
      read.run();
    }
    Runnable write = writable;
    if ((ready & SelectionKey.OP_WRITE) != 0 && write != null) {
      writable = null;
      write.run();
    }
  }

  /** What is ready, once: it is awaited no longer. */
  private int takeReady() {
    try {
      int ready = key.readyOps();
      key.interestOpsAnd(~ready);
      return ready;
    } catch (CancelledKeyException e) {
      return 0; // another thread, a timer's say, has closed the stream
    }
  }

  /** Whether somebody waits for bytes. */
  boolean isReadAwaited() {
    return readable != null;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** The most bytes that were read while one action ran. */
  int mostInOneTurn() {
    return mostInOneTurn;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = channel.read(into);
    inThisTurn += Math.max(0, count);
    mostInOneTurn = Math.max(mostInOneTurn, inThisTurn);
    return count;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return channel.write(from);
  }

  @Override
  public void whenReadable(Runnable action) {
    readable = action;
    interest(SelectionKey.OP_READ);
  }

  @Override
  public void whenWritable(Runnable action) {
    writable = action;
    interest(SelectionKey.OP_WRITE);
  }

  private void interest(int op) {
    if (key.isValid()) {
      key.interestOpsOr(op);
      selector.wakeup();
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      channel.close();
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void abort() {
    if (channel.isOpen()) {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    close();
  }
}
