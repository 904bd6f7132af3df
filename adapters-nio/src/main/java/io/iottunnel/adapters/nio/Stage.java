package io.iottunnel.adapters.nio;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One stage on the way to a peer, with its time limit. Lives on the loop. */
final class Stage {

  private final long began = System.nanoTime();
  private final Timers.@Nullable Timer limit;

  /** Begins now, without a limit. */
  Stage() {
    limit = null;
  }

  /** Begins now. Runs {@code whenOver} after {@code atMost}, unless it ends before. */
  Stage(NioLoop loop, Duration atMost, Runnable whenOver) {
    limit = loop.after(atMost, whenOver);
  }

  /** Stops the clock. Does nothing the second time. */
  void end() {
    if (limit != null) {
      limit.cancel();
    }
  }

  /** How long ago it began, to the millisecond. */
  Duration age() {
    return Duration.ofMillis(Math.round((System.nanoTime() - began) / 1e6));
  }
}
