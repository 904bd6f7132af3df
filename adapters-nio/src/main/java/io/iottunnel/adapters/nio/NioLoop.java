package io.iottunnel.adapters.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread, {@code localproxy-io}, on which the sockets of this adapter live: it waits for
 * all of them at once and runs the actions of those that are ready, then the timers that are due,
 * then the tasks of other threads. An action that throws is reported and ends nothing but itself.
 *
 * <p>Beside it there are a few threads, {@code localproxy-blocking}, for what the JDK offers only
 * in a blocking form: DNS, and the delegated tasks of TLS. They exist only while there is work. All
 * threads are daemons.
 *
 * <p>Thread-safe.
 */
public final class NioLoop implements Executor, AutoCloseable {

  /** What a channel's key is attached to. */
  interface Ready {
    /**
     * The channel is ready for these operations (bits of {@link SelectionKey}). Called on the loop;
     * what the key waits for is unchanged.
     */
    void ready(int ops);
  }

  private static final int BLOCKING_THREADS = 4;
  private static final int SCRATCH_BYTES = 64 * 1024;

  private final Selector selector;
  private final Consumer<? super Throwable> onFailure;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Consumer<SelectionKey> dispatch = this::dispatch;
  private final Timers timers = new Timers(this);
  private final Scope scope = new Scope();
  private final ThreadPoolExecutor blocking;
  private final Thread thread;
  private @Nullable ByteBuffer scratch;
  private volatile boolean closed;

  /** A loop that reports to its thread's uncaught exception handler. */
  public NioLoop() {
    this(NioLoop::reportUncaught);
  }

  /**
   * A loop, running.
   *
   * @param onFailure is told on the loop's thread of what actions throw; must not throw itself
   */
  public NioLoop(Consumer<? super Throwable> onFailure) {
    this.onFailure = onFailure;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot wait for sockets: " + e.getMessage(), e);
    }
    blocking =
        new ThreadPoolExecutor(
            BLOCKING_THREADS,
            BLOCKING_THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, "localproxy-blocking"));
    blocking.allowCoreThreadTimeOut(true);
    thread = daemon(this::run, "localproxy-io");
    thread.start();
  }

  private static Thread daemon(Runnable body, String name) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }

  private static void reportUncaught(Throwable failure) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
  }

  /**
   * Runs {@code task} on the loop's thread, in order with others, never inside this call. After
   * {@link #close} it is dropped: what it could concern has been ended.
   */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    wakeup();
  }

  /** Runs {@code action} on the loop's thread once {@code delay} is over. */
  Timers.Timer after(Duration delay, Runnable action) {
    return timers.add(delay, action);
  }

  /** Where work that blocks is done. Drops it after {@link #close}. */
  Executor blocking() {
    return task -> {
      if (!closed) {
        blocking.execute(task);
      }
    };
  }

  /** What ends when this loop does. */
  Scope scope() {
    return scope;
  }

  /** Whether the caller is the loop's thread. */
  boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  /** Room for bytes that nobody wants. To be used on the loop's thread only. */
  ByteBuffer scratch() {
    ByteBuffer room = scratch;
    if (room == null) {
      room = ByteBuffer.allocateDirect(SCRATCH_BYTES);
      scratch = room;
    }
    return room.clear();
  }

  /** Makes {@code channel} known to the loop, interested in nothing yet. */
  SelectionKey register(SelectableChannel channel, Ready ready) throws ClosedChannelException {
    return channel.register(selector, 0, ready);
  }

  /** Adds {@code ops} to what {@code key} waits for. Nothing happens to a key that is cancelled. */
  void await(SelectionKey key, int ops) {
    try {
      key.interestOpsOr(ops);
    } catch (CancelledKeyException e) {
      return; // the channel was closed by another thread a moment ago: nobody waits any more
    }
    wakeup();
  }

  /** Takes {@code ops} from what {@code key} waits for. */
  void ignore(SelectionKey key, int ops) {
    try {
      key.interestOpsAnd(~ops);
    } catch (CancelledKeyException e) {
      return; // as above
    }
    wakeup();
  }

  /**
   * Makes the loop turn once more, so that it sees what has changed. A channel that was closed is
   * really closed only then.
   */
  void wakeup() {
    if (!isCurrentThread()) {
      selector.wakeup();
    }
  }

  /**
   * Waits until every channel that was closed before is really closed: its port is free again. Does
   * not wait on the loop's own thread, where that can only come later.
   */
  void settle() {
    if (isCurrentThread()) {
      return;
    }
    CompletableFuture<Void> turned = scope.enter(new CompletableFuture<>());
    execute(() -> execute(() -> turned.complete(null))); // between the two, the selector turns
    var unused = turned.handle((nothing, closed) -> true).join();
  }

  /**
   * Ends everything that lives on this loop, at once, then its threads. Waits for the loop's thread
   * to end, unless called on it.
   */
  @Override
  public void close() {
    scope.end();
    closed = true;
    blocking.shutdownNow();
    selector.wakeup();
    if (!isCurrentThread()) {
      joinUninterruptibly();
    }
  }

  private void joinUninterruptibly() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (selector) {
      while (!closed) {
        select();
        // An action that left the thread interrupted would make every further select return at
        // once.
        var unused = Thread.interrupted();
        timers.runDue();
        runTasks();
      }
    } catch (IOException | ClosedSelectorException e) {
      // Without a selector nothing here can go on; whoever uses it must see an end, not silence.
      closed = true;
      scope.end();
      onFailure.accept(e);
    }
  }

  private void select() throws IOException {
    long millis = tasks.isEmpty() ? timers.millisToNext() : 0;
    if (millis == 0) {
      selector.selectNow(dispatch);
    } else {
      selector.select(dispatch, millis == Timers.NONE ? 0 : millis);
    }
  }

  private void dispatch(SelectionKey key) {
    try {
      ((Ready) key.attachment()).ready(key.readyOps());
    } catch (CancelledKeyException e) {
      return; // closed by another thread since it was selected
    } catch (Throwable failure) {
      onFailure.accept(failure);
    }
  }

  private void runTasks() {
    // Only those that wait now: what they leave behind comes after the sockets had their turn.
    for (int n = tasks.size(); n > 0; n--) {
      Runnable task = tasks.poll();
      if (task != null) {
        guarded(task);
      }
    }
  }

  /** Runs {@code action}; whatever it throws is reported, and the loop goes on. */
  void guarded(Runnable action) {
    try {
      action.run();
    } catch (Throwable failure) {
      onFailure.accept(failure);
    }
  }
}
