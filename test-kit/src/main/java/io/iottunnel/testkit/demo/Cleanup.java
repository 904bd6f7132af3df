package io.iottunnel.testkit.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Everything that must be ended, whatever happens, and is ended in the reverse order. A thing opens
 * either before the end, and then is ended too, or not at all: a signal may come at any moment.
 * Thread-safe.
 */
final class Cleanup implements AutoCloseable {

  /** Opens something. */
  interface Opener<T> {
    T open() throws Exception;
  }

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean over;

  /** Opens something that must be ended. */
  synchronized <T extends AutoCloseable> T open(Opener<T> opener) throws Exception {
    if (over) {
      throw new DemoFailure("The demo is being ended.");
    }
    T opened = opener.open();
    open.push(opened);
    return opened;
  }

  /**
   * Ends everything, once.
   *
   * @throws DemoFailure that says what could not be ended; everything was tried
   */
  @Override
  public synchronized void close() throws DemoFailure {
    over = true;
    List<Throwable> failures = new ArrayList<>();
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception | AssertionError e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw new DemoFailure("Not everything ended as it should: " + failures, failures.get(0));
    }
  }
}
