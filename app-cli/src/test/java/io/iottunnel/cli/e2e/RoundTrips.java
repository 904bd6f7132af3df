package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.iottunnel.testkit.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** How long keystrokes take to an application that echoes them, and back. */
final class RoundTrips {

  private static final int KEYSTROKE = 64;

  private final long[] nanos;

  private RoundTrips(long[] nanos) {
    this.nanos = nanos;
  }

  /** Makes so many, one behind the other. */
  static RoundTrips measure(Peer client, int count) throws IOException {
    long[] nanos = new long[count];
    byte[] keystroke = new byte[KEYSTROKE];
    for (int i = 0; i < count; i++) {
      Arrays.fill(keystroke, (byte) i);
      long begin = System.nanoTime();
      client.send(keystroke);
      byte[] echo = client.receive(KEYSTROKE);
      nanos[i] = System.nanoTime() - begin;
      assertArrayEquals(keystroke, echo);
    }
    Arrays.sort(nanos);
    return new RoundTrips(nanos);
  }

  Duration median() {
    return quantile(50);
  }

  /** What {@code percent} of them took at most. */
  Duration quantile(int percent) {
    return Duration.ofNanos(nanos[(nanos.length - 1) * percent / 100]);
  }

  @Override
  public String toString() {
    return "p50 %d µs, p95 %d µs"
        .formatted(median().toNanos() / 1_000, quantile(95).toNanos() / 1_000);
  }
}
