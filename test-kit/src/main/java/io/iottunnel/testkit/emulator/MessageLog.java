package io.iottunnel.testkit.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The first messages of one end, kept up to a number, and the sums of all of them. Thread-safe. */
final class MessageLog {

  static final int MOST_KEPT = 20_000;

  private final List<SeenMessage> kept = new ArrayList<>();
  private final int mostKept;
  private long count;
  private long payloadBytes;

  MessageLog(int mostKept) {
    this.mostKept = mostKept;
  }

  synchronized void add(SeenMessage message) {
    count++;
    payloadBytes += message.payloadSize();
    if (kept.size() < mostKept) {
      kept.add(message);
    }
  }

  synchronized List<SeenMessage> all() {
    return List.copyOf(kept);
  }

  synchronized long count() {
    return count;
  }

  synchronized long payloadBytes() {
    return payloadBytes;
  }

  /** Looks for a message again and again, each time only at what came since. */
  Search search(Predicate<SeenMessage> wanted) {
    return new Search(wanted);
  }

  /** One search; not thread-safe. */
  final class Search {
    private final Predicate<SeenMessage> wanted;
    private int next;

    private Search(Predicate<SeenMessage> wanted) {
      this.wanted = wanted;
    }

    Optional<SeenMessage> look() {
      synchronized (MessageLog.this) {
        while (next < kept.size()) {
          SeenMessage candidate = kept.get(next++);
          if (wanted.test(candidate)) {
            return Optional.of(candidate);
          }
        }
        return Optional.empty();
      }
    }
  }
}
