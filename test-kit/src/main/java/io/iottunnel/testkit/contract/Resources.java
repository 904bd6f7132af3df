package io.iottunnel.testkit.contract;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a test has opened. Closes all of it, the last first, whatever fails meanwhile. */
final class Resources implements AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Closes {@code resource} at the end. */
  synchronized <T extends AutoCloseable> T closing(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public synchronized void close() {
    AssertionError failures = new AssertionError("not everything could be closed");
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        failures.addSuppressed(e);
      }
    }
    if (failures.getSuppressed().length > 0) {
      throw failures;
    }
  }
}
