package io.iottunnel.testkit.load;

import java.util.Arrays;
import java.util.Random;

/**
 * The bytes of every direction of every talk: both sides know them, so that each byte is compared
 * as it comes. Each direction begins elsewhere in one random circle, so that bytes that are lost,
 * doubled or another connection's do not fit.
 */
final class Content {

  /** A prime, so that no usual size of buffer or message divides it. */
  private static final int CIRCLE = 1_000_003;

  private final byte[] circle = new byte[CIRCLE];

  Content(long seed) {
    new Random(seed).nextBytes(circle);
  }

  /** What one side of a talk sends. */
  Flow up(Talk talk) {
    return new Flow(talk.number() * 7_919L);
  }

  /** What the other side sends. */
  Flow down(Talk talk) {
    return new Flow(talk.number() * 7_919L + CIRCLE / 2);
  }

  /** The bytes of one direction, in their order. Confined to one thread. */
  final class Flow {
    private final long begin;
    private long passed;

    private Flow(long begin) {
      this.begin = begin;
    }

    /** How many bytes have passed. */
    long passed() {
      return passed;
    }

    /** Fills {@code buffer} with the next bytes, at most {@code count}; returns how many. */
    int next(byte[] buffer, int count) {
      int at = at();
      int length = Math.min(Math.min(count, buffer.length), CIRCLE - at);
      System.arraycopy(circle, at, buffer, 0, length);
      passed += length;
      return length;
    }

    /**
     * Takes what came.
     *
     * @throws AssertionError where it is not what was sent
     */
    void came(byte[] buffer, int count) {
      for (int from = 0; from < count; ) {
        int at = at();
        int length = Math.min(count - from, CIRCLE - at);
        int differs = Arrays.mismatch(buffer, from, from + length, circle, at, at + length);
        if (differs >= 0) {
          throw new AssertionError("byte " + (passed + differs) + " is wrong");
        }
        passed += length;
        from += length;
      }
    }

    private int at() {
      return (int) ((begin + passed) % CIRCLE);
    }
  }
}
