package io.iottunnel.testkit.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * How the demo looks: plain ASCII, and on a terminal a progress bar and a little emphasis.
 * Thread-safe.
 */
final class Screen {

  private static final String BOLD = "\033[1m";
  private static final String FAINT = "\033[2m";
  private static final String GREEN = "\033[32m";
  private static final String NORMAL = "\033[m";
  private static final String ERASE_LINE = "\r\033[K";
  private static final int BAR_WIDTH = 40;
  private static final long REDRAW_NANOS = 50_000_000;

  private final PrintStream out;
  private final boolean terminal;
  private final boolean colours;
  private long drawnAt;

  /**
   * @param terminal whether what was written can be erased again
   * @param colours whether emphasis is wanted there
   */
  Screen(PrintStream out, boolean terminal, boolean colours) {
    this.out = out;
    this.terminal = terminal;
    this.colours = terminal && colours;
    this.drawnAt = System.nanoTime() - REDRAW_NANOS;
  }

  void heading(String text) {
    print("\n" + emphasized(BOLD, text));
  }

  void line(String text) {
    print(text.isEmpty() ? "" : "  " + text);
  }

  /** Something that is there, and what it is. */
  void part(String name, String text) {
    line(String.format(Locale.ROOT, "%-13s %s", name, text));
  }

  /** A command as one would type it. */
  void command(String text) {
    line(emphasized(FAINT, "$ " + text));
  }

  /** Something that happened, and how long after the beginning. */
  void event(Duration after, String text) {
    line(String.format(Locale.ROOT, "%11s  %s", time(after), text));
  }

  /** More about the event before. */
  void detail(String text) {
    line(String.format(Locale.ROOT, "%11s  %s", "", text));
  }

  void success(String text) {
    print("\n" + emphasized(GREEN, emphasized(BOLD, text)));
  }

  /** Redraws the progress bar, on a terminal, not too often. */
  synchronized void progress(long done, long total, Duration since) {
    long now = System.nanoTime();
    if (!terminal || now - drawnAt < REDRAW_NANOS) {
      return;
    }
    drawnAt = now;
    int full = (int) (done * BAR_WIDTH / total);
    out.printf(
        Locale.ROOT,
        "%s  [%s%s] %3d %%  %.0f MB/s",
        ERASE_LINE,
        "#".repeat(full),
        "-".repeat(BAR_WIDTH - full),
        done * 100 / total,
        Download.rate(done, since));
    out.flush();
  }

  /** Takes the progress bar away. */
  synchronized void progressOver() {
    if (terminal) {
      out.print(ERASE_LINE);
      out.flush();
    }
  }

  private synchronized void print(String text) {
    out.println(text);
    out.flush();
  }

  private String emphasized(String how, String text) {
    return colours ? how + text + NORMAL : text;
  }

  private static String time(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    return millis < 100
        ? String.format(Locale.ROOT, "%.1f ms", millis)
        : String.format(Locale.ROOT, "%.2f s", millis / 1000);
  }
}
