package io.iottunnel.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One selector on one thread: what a small adapter stands on. */
final class SmallLoop {

  /** Is told, on the loop's thread, that its channel is ready. */
  interface Ready {
    void ready(SelectionKey key);
  }

  private final Selector selector;
  private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "small-loop");
  private volatile boolean stopped;

  SmallLoop() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread.setDaemon(true);
    thread.start();
  }

  /** Runs {@code order} soon on the loop's thread; never within this call. */
  void execute(Runnable order) {
    work.add(order);
    selector.wakeup();
  }

  /** Lets go soon of what was closed: a selector holds on to it until it turns. */
  void flush() {
    selector.wakeup();
  }

  /** Lets go now of what was closed. On the loop's thread. */
  void flushNow() throws IOException {
    selector.selectNow(SmallLoop::dispatch);
  }

  /** Watches {@code channel} for nothing yet. On the loop's thread. */
  SelectionKey watch(SelectableChannel channel, Ready ready) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, 0, ready);
  }

  /** Closes every channel that is watched, then the thread. */
  void stop() {
    stopped = true;
    selector.wakeup();
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

  private static void dispatch(SelectionKey key) {
    ((Ready) key.attachment()).ready(key);
  }

  private void run() {
    try (selector) {
      while (!stopped) {
        selector.select(SmallLoop::dispatch);
        for (Runnable order = work.poll(); order != null; order = work.poll()) {
          order.run();
        }
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
