package io.iottunnel.adapters.nio;

import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connected TCP or Unix domain socket.
 *
 * <p>{@link #close} is graceful: a socket that is closed while input waits unread makes the kernel
 * send a reset (RFC 2525 section 2.17), which destroys what the other side has not read yet. So
 * only sending ends at once; input is read and discarded until the other side ends too, or for
 * {@link #LINGER}.
 */
final class NioStream implements ByteStream, NioLoop.Ready {

  /** How long a closed stream waits for the other side to close. */
  static final Duration LINGER = Duration.ofSeconds(30);

  /**
   * The most that one system call moves. The JDK copies all of a heap buffer, however little of it
   * the socket then takes, and keeps its copy's memory for good.
   */
  private static final int MOST = 128 * 1024;

  /** How often a discarding stream reads before others have their turn. */
  private static final int DISCARDS_PER_TURN = 8;

  private enum State {
    OPEN,
    /** Closed by its owner; the end of input is awaited. */
    DISCARDING,
    ENDED
  }

  private final NioLoop loop;
  private final SocketChannel channel;
  private final Scope scope;
  private final SelectionKey key;
  private final PendingAction onReadable = new PendingAction();
  private final PendingAction onWritable = new PendingAction();
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final Runnable end = this::end;
  private volatile boolean inputEnded;
  private volatile Timers.@Nullable Timer lingerLimit;

  /**
   * Takes over a connected channel; closes it when this throws.
   *
   * @param scope ends this stream with it
   */
  NioStream(NioLoop loop, SocketChannel channel, Scope scope) throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.scope = scope;
    try {
      if (isTcp(channel)) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      }
      channel.configureBlocking(false);
      key = loop.register(channel, this);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    scope.enter(end);
  }

  private static boolean isTcp(SocketChannel channel) {
    return channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    requireOpen();
    int limit = into.limit();
    into.limit(Math.min(limit, into.position() + MOST));
    try {
      int count = channel.read(into);
      if (count < 0) {
        inputEnded = true;
      }
      return count;
    } finally {
      into.limit(limit);
    }
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    requireOpen();
    int limit = from.limit();
    from.limit(Math.min(limit, from.position() + MOST));
    try {
      return channel.write(from);
    } finally {
      from.limit(limit);
    }
  }

  @Override
  public void whenReadable(Runnable action) {
    await(onReadable, action, SelectionKey.OP_READ);
  }

  @Override
  public void whenWritable(Runnable action) {
    await(onWritable, action, SelectionKey.OP_WRITE);
  }

  private void await(PendingAction pending, Runnable action, int op) {
    pending.set(action);
    if (state.get() == State.OPEN) {
      loop.await(key, op);
    } else {
      pending.clear();
    }
  }

  /** Runs the actions that waited for this. On the loop. */
  @Override
  public void ready(int ops) {
    if (state.get() == State.DISCARDING) {
      loop.ignore(key, SelectionKey.OP_WRITE); // may be left from before, and would fire for ever
      discard();
      return;
    }
    // First, so that an action which waits anew is not forgotten; what is set again by then costs
    // no
    // system call.
    loop.ignore(key, ops);
    if ((ops & SelectionKey.OP_READ) != 0) {
      loop.guarded(onReadable);
    }
    if ((ops & SelectionKey.OP_WRITE) != 0) {
      onWritable.run();
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    requireOpen();
    channel.shutdownOutput();
  }

  @Override
  public void close() {
    if (!state.compareAndSet(State.OPEN, State.DISCARDING)) {
      return;
    }
    forgetActions();
    try {
      if (inputEnded) {
        end();
      } else {
        channel.shutdownOutput();
        loop.execute(this::discardUntilTheEnd);
      }
    } catch (IOException e) {
      end(); // broken: there is nobody left to deliver to
    }
  }

  @Override
  public void abort() {
    if (state.get() == State.ENDED) {
      return;
    }
    try {
      if (isTcp(channel)) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // A connection that is broken already needs no reset; closing is all that is left.
    } finally {
      end();
    }
  }

  private void discardUntilTheEnd() {
    if (state.get() == State.DISCARDING) {
      lingerLimit = loop.after(LINGER, end);
      discard();
    }
  }

  private void discard() {
    try {
      for (int i = 0; i < DISCARDS_PER_TURN; i++) {
        int count = channel.read(loop.scratch());
        if (count < 0) {
          end();
          return;
        }
        if (count == 0) {
          break;
        }
      }
      loop.await(key, SelectionKey.OP_READ);
    } catch (IOException e) {
      end();
    }
  }

  private void end() {
    if (state.getAndSet(State.ENDED) == State.ENDED) {
      return;
    }
    forgetActions();
    scope.leave(end);
    Timers.Timer limit = lingerLimit;
    if (limit != null) {
      limit.cancel();
    }
    Quietly.close(channel);
    loop.wakeup();
  }

  private void forgetActions() {
    onReadable.clear();
    onWritable.clear();
  }

  private void requireOpen() throws ClosedChannelException {
    if (state.get() != State.OPEN) {
      throw new ClosedChannelException();
    }
  }
}
