package io.iottunnel.testkit.load;

import java.util.List;
import java.util.SplittableRandom;

/** Chooses, each as likely as any other. */
final class Choice {

  private Choice() {}

  static <T> T of(SplittableRandom chance, List<T> among) {
    return among.get(chance.nextInt(among.size()));
  }
}
