package io.iottunnel.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that a test moves by hand. */
final class FakeTimers implements Timers {

  private record Entry(long at, Runnable action) {}

  private final List<Entry> entries = new ArrayList<>();
  private long now;

  /** Lets {@code millis} pass; what becomes due runs at its own moment, in order. */
  void pass(long millis) {
    long until = now + millis;
    for (Optional<Entry> next = nextUntil(until); next.isPresent(); next = nextUntil(until)) {
      now = Math.max(now, next.get().at());
      entries.remove(next.get());
      next.get().action().run();
    }
    now = until;
  }

  private Optional<Entry> nextUntil(long until) {
    return entries.stream()
        .filter(entry -> entry.at() <= until)
        .min(Comparator.comparingLong(Entry::at));
  }

  /** How many timers are set. */
  int set() {
    return entries.size();
  }

  @Override
  public long millis() {
    return now;
  }

  @Override
  public Runnable after(long delay, Runnable action) {
    Entry entry = new Entry(now + delay, action);
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  @Override
  public void close() {
    entries.clear();
  }
}
