package io.iottunnel.testkit.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The latest of what a process has written, and a way to wait for more. Thread-safe. */
final class ProcessLog {

  private static final int KEPT = 200;

  private record Numbered(long number, String line) {}

  private final Deque<Numbered> lines = new ArrayDeque<>();
  private long count;
  private boolean ended;

  synchronized void add(String line) {
    lines.addLast(new Numbered(count++, line));
    if (lines.size() > KEPT) {
      lines.removeFirst();
    }
    notifyAll();
  }

  /** Nothing more will come. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** How many lines have come so far: a point in time for {@link #await}. */
  synchronized long mark() {
    return count;
  }

  synchronized List<String> last(int most) {
    return lines.stream().skip(Math.max(0, lines.size() - most)).map(Numbered::line).toList();
  }

  /**
   * Waits for the first log entry that begins like this and has come since {@code mark}.
   *
   * @return empty when the log has ended, or the time has passed, without it
   */
  synchronized Optional<LogLine> await(String beginning, long mark, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<LogLine> found =
          lines.stream()
              .filter(line -> line.number() >= mark)
              .flatMap(line -> LogLine.parse(line.line()).stream())
              .filter(line -> line.text().startsWith(beginning))
              .findFirst();
      long left = deadline - System.nanoTime();
      if (found.isPresent() || ended || left <= 0) {
        return found;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
