package io.iottunnel.engine;

/** A clock that never goes back, and something to wait with. The engine's only source of time. */
interface Timers extends AutoCloseable {

  /** Milliseconds since some fixed moment. */
  long millis();

  /**
   * Runs {@code action} once after {@code delay} milliseconds, on any thread.
   *
   * @return cancels it, if it has not run
   */
  Runnable after(long delay, Runnable action);

  @Override
  void close();
}
