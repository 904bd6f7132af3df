package io.iottunnel.testkit.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** The talks under way, sums of those that are over, and every mistake. Thread-safe. */
final class Ledger {

  private static final int MOST_MISTAKES = 50;

  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, Talk> open = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> sums = new ConcurrentSkipListMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final Queue<String> mistakes = new ConcurrentLinkedQueue<>();

  int nextNumber() {
    return numbers.incrementAndGet();
  }

  void begin(Talk talk) {
    open.put(talk.number(), talk);
  }

  /** The talk of this number, unless its client has left already. */
  Optional<Talk> find(int number) {
    if (number <= 0 || number > numbers.get()) {
      throw new AssertionError("no talk had the number " + number);
    }
    return Optional.ofNullable(open.get(number));
  }

  void end(Talk talk) {
    open.remove(talk.number());
  }

  void count(String what) {
    sums.computeIfAbsent(what, any -> new LongAdder()).increment();
  }

  void whole(Talk talk) {
    count("whole");
    bytes.addAndGet((long) talk.up() + (talk.manner() == Manner.CLIENT_LEAVES ? 0 : talk.down()));
  }

  void mistake(String what, Throwable why) {
    if (mistakes.size() < MOST_MISTAKES) {
      mistakes.add(what + ": " + why);
    }
  }

  List<String> mistakes() {
    return List.copyOf(mistakes);
  }

  @Override
  public String toString() {
    return sums + ", " + bytes.get() / 1_000_000 + " MB in whole talks, mistakes " + mistakes();
  }
}
