package io.iottunnel.engine.simulation;

import java.nio.ByteBuffer;

/**
 * What everybody says: a head of 8 bytes, who speaks and how much it will say in all, then bytes
 * that follow from both and their place. So whoever hears it knows whose it is, and whether a byte
 * is missing, doubled or another's.
 */
final class Pattern {

  static final int HEAD = 8;

  private Pattern() {}

  /** The byte at a place in what {@code speaker} says. */
  static byte at(int speaker, int total, int place) {
    if (place < HEAD) {
      return (byte) ((place < 4 ? speaker : total) >>> (8 * (3 - place % 4)));
    }
    int mixed = (speaker * 31 + place) * 0x9E3779B9;
    return (byte) (mixed >>> 24);
  }

  static int speaker(ByteBuffer head) {
    return head.getInt(0);
  }

  static int total(ByteBuffer head) {
    return head.getInt(4);
  }
}
