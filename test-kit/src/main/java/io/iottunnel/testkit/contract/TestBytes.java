package io.iottunnel.testkit.contract;

import java.util.Random;

/** One endless sequence of bytes in which every place looks different. */
final class TestBytes {

  /** A prime, so that no buffer's size is a multiple of the period. */
  private static final int PERIOD = 65_521;

  private static final byte[] SEQUENCE = new byte[PERIOD];

  static {
    new Random(20261122).nextBytes(SEQUENCE);
  }

  private TestBytes() {}

  /** The bytes from {@code position} on. */
  static byte[] at(int position, int count) {
    byte[] bytes = new byte[count];
    for (int done = 0; done < count; ) {
      int from = (position + done) % PERIOD;
      int length = Math.min(PERIOD - from, count - done);
      System.arraycopy(SEQUENCE, from, bytes, done, length);
      done += length;
    }
    return bytes;
  }

  /** The first bytes. */
  static byte[] first(int count) {
    return at(0, count);
  }
}
