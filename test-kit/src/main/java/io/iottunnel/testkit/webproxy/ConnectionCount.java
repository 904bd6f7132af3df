package io.iottunnel.testkit.webproxy;

import io.iottunnel.testkit.Deadline;

/** How many connections there have been, and how many there are. */
final class ConnectionCount {

  private int opened;
  private int closed;

  synchronized void open() {
    opened++;
    notifyAll();
  }

  synchronized void close() {
    closed++;
    notifyAll();
  }

  /** How many there have been. */
  synchronized int opened() {
    return opened;
  }

  /** Waits until there have been {@code count}. */
  void awaitOpened(int count) {
    Deadline.await(this, () -> opened >= count, count + " connections to the web proxy");
  }

  /** Waits until there are none. */
  void awaitIdle() {
    Deadline.await(this, () -> opened == closed, "the end of every connection to the web proxy");
  }
}
