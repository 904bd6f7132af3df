package io.iottunnel.engine.simulation;

import java.util.List;
import java.util.Random;

/** Chance, from a seed; a simulation has no other. */
final class Dice {

  private final Random random;

  Dice(long seed) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  /** A number from 0 up to, and without, {@code bound}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number from 0 up to, and without, {@code bound}, which may be 0 for 0. */
  long below(long bound) {
    return bound == 0 ? 0 : Math.floorMod(random.nextLong(), bound);
  }

  /** A number from {@code least} to {@code most}, both included. */
  int between(int least, int most) {
    return least + below(most - least + 1);
  }

  /** True once in {@code times}. */
  boolean onceIn(int times) {
    return below(times) == 0;
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** How long something takes that is nearly always quick, in milliseconds. */
  long delay() {
    int kind = below(100);
    if (kind < 80) {
      return below(3);
    }
    return kind < 98 ? below(60) : below(1_500);
  }
}
