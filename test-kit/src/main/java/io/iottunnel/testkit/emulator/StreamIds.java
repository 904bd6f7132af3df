package io.iottunnel.testkit.emulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The stream ids that the process at a source used so far. It outlives the process's sessions: a
 * process is told from another by its client token. Thread-safe.
 */
final class StreamIds {

  private final Map<String, Integer> lastOf = new HashMap<>();
  private Optional<String> process = Optional.empty();
  private boolean resumed;

  /** A session begins; with another client token, or none, it is another process. */
  synchronized void begin(Optional<String> clientToken) {
    resumed = clientToken.isPresent() && Objects.equals(process, clientToken);
    if (!resumed) {
      forget();
    }
    process = clientToken;
  }

  /** The process was replaced by another one. */
  synchronized void forget() {
    lastOf.clear();
    process = Optional.empty();
  }

  /**
   * Whether the process had a session before, with which starts may have been lost on their way.
   */
  synchronized boolean mayLackSome() {
    return resumed;
  }

  /** Notes that a stream was started, and returns the id of the one before, 0 for none. */
  synchronized int use(String service, int streamId) {
    Integer last = lastOf.put(service, streamId);
    return last == null ? 0 : last;
  }
}
