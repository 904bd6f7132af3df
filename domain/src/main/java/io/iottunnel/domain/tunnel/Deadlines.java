package io.iottunnel.domain.tunnel;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Moments at which something is to happen, each under a name; times in milliseconds of whatever
 * clock the caller has.
 */
final class Deadlines {

  /** What a deadline is for. */
  enum Kind {
    SERVICE_IDS,
    PING,
    STOP,
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

  void set(Kind kind, LocalId local, long at) {
    clear(kind, local);
    Entry entry = new Entry(at, new Name(kind, local));
    byName.put(entry.name(), entry);
    byTime.add(entry);
  }

  void set(Kind kind, long at) {
    set(kind, Name.OF_SESSION, at);
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

  /** Takes out the earliest deadline that is not after {@code now}. */
  Optional<Name> takeDue(long now) {
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
