package io.iottunnel.testkit.emulator;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one session that an end may have, and whether it is read. Thread-safe. */
final class SessionSlot {

  private final Signal signal;
  private @Nullable Session session;
  private boolean ready;
  private boolean reading = true;
  private int count;

  SessionSlot(Signal signal) {
    this.signal = signal;
  }

  /** The session that is up. */
  synchronized Optional<Session> current() {
    return Optional.ofNullable(session);
  }

  /** The session that is up and has got its SERVICE_IDS, or needs none. */
  synchronized Optional<Session> ready() {
    return ready ? current() : Optional.empty();
  }

  /** How many sessions there have been. */
  synchronized int count() {
    return count;
  }

  /** A session begins; an older one, that the client has given up, is cut. */
  void begin(Session next) {
    synchronized (this) {
      current().ifPresent(old -> old.connection().cut(false));
      session = next;
      ready = false;
      count++;
      notifyAll();
    }
    signal.changed();
  }

  void becomeReady(Session served) {
    synchronized (this) {
      ready |= session == served;
    }
    signal.changed();
  }

  void end(Session over) {
    synchronized (this) {
      if (session == over) {
        session = null;
        ready = false;
      }
    }
    signal.changed();
  }

  /** Lets the session, and those to come, be read or not. */
  synchronized void setReading(boolean on) {
    reading = on;
    notifyAll();
  }

  /** Waits while reading is stopped. Returns whether {@code reader} is still the session. */
  synchronized boolean awaitReading(Session reader) {
    try {
      while (!reading && session == reader) {
        wait();
      }
      return session == reader;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
