package io.iottunnel.testkit.websocket;

import java.util.Random;

/**
 * How to cut what is sent into pieces. The same seed cuts the same bytes at the same places.
 *
 * @param largest the most bytes of one piece; 0 for not cutting at all
 * @param seed of the random lengths, which run from 1 to {@code largest}
 */
public record Chop(int largest, long seed) {

  /** Leaves everything in one piece. */
  public static final Chop NONE = new Chop(0, 0);

  public Chop {
    if (largest < 0) {
      throw new IllegalArgumentException("a piece has at least one byte, not " + largest);
    }
  }

  /** Pieces of 1 to {@code largest} bytes. */
  public static Chop upTo(int largest, long seed) {
    return new Chop(largest, seed);
  }

  /** Pieces of exactly one byte. */
  public static Chop everyByte() {
    return new Chop(1, 0);
  }

  /** Whether nothing is cut. */
  public boolean isNone() {
    return largest == 0;
  }

  /** The lengths of the pieces, one after the other; not thread-safe. */
  public Lengths lengths() {
    return new Lengths(largest, new Random(seed));
  }

  /** A source of lengths. */
  public static final class Lengths {
    private final int largest;
    private final Random random;

    private Lengths(int largest, Random random) {
      this.largest = largest;
      this.random = random;
    }

    /** The length of the next piece of something that still has {@code remaining} bytes. */
    public int next(int remaining) {
      return largest == 0 ? remaining : Math.min(remaining, 1 + random.nextInt(largest));
    }
  }
}
