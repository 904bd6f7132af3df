package io.iottunnel.adapters.nio;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one action that waits for a stream to become readable (or writable): a later one replaces it,
 * and it runs once. Thread-safe.
 */
final class PendingAction implements Runnable {

  private final AtomicReference<@Nullable Runnable> action = new AtomicReference<>();

  void set(Runnable next) {
    action.set(next);
  }

  void clear() {
    action.set(null);
  }

  /** Runs the action that waits, if one does. */
  @Override
  public void run() {
    Runnable next = action.getAndSet(null);
    if (next != null) {
      next.run();
    }
  }
}
