package io.iottunnel.domain.tunnel;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The time it is, and the moments at which something is to happen, each under a name; in
 * milliseconds of whatever clock the caller has.
 */
final class Deadlines {

  /** What a deadline is for. */
  enum Kind {
    SERVICE_IDS,
    PING,
    STOP,
    LISTEN_AGAIN,
    CONNECT_AGAIN,
    LINGER,
    PROGRESS
  }

  /**
   * One name for a deadline; {@link #OF_SESSION} stands for the local id where it concerns the
   * session.
   */
  record Name(Kind kind, LocalId local) {
    static final LocalId OF_SESSION = new LocalId(-1);
  }

  private record Entry(long at, Name name) {}

  private final Map<Name, Entry> byName = new HashMap<>();
  private final TreeSet<Entry> byTime =
      new TreeSet<>(
          Comparator.comparingLong(Entry::at)
              .thenComparing(e -> e.name().kind())
              .thenComparing(e -> e.name().local().number()));
  private long now;

  /** Sets the time of the event that is being handled. */
  void now(long time) {
    now = time;
  }

  /** The time of the event that is being handled. */
  long now() {
    return now;
  }

  /** Sets a deadline that is {@code delay} from now, in place of one of the same name. */
  void set(Kind kind, LocalId local, Duration delay) {
    clear(kind, local);
    Entry entry = new Entry(now + delay.toMillis(), new Name(kind, local));
    byName.put(entry.name(), entry);
    byTime.add(entry);
  }

  void set(Kind kind, Duration delay) {
    set(kind, Name.OF_SESSION, delay);
  }

  void clear(Kind kind, LocalId local) {
    Entry entry = byName.remove(new Name(kind, local));
    if (entry != null) {
      byTime.remove(entry);
    }
  }

  void clear(Kind kind) {
    clear(kind, Name.OF_SESSION);
  }

  /** Takes out the earliest deadline that has come. */
  Optional<Name> takeDue() {
    if (byTime.isEmpty() || byTime.first().at() > now) {
      return Optional.empty();
    }
    Name name = byTime.first().name();
    clear(name.kind(), name.local());
    return Optional.of(name);
  }

  /** The earliest deadline, or {@link Long#MAX_VALUE}. */
  long earliest() {
    return byTime.isEmpty() ? Long.MAX_VALUE : byTime.first().at();
  }
}
