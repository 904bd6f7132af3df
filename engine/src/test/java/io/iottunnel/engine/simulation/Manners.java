package io.iottunnel.engine.simulation;

import java.util.List;

/**
 * How somebody talks and listens.
 *
 * @param total how many bytes it has to say; 0 or at least a {@link Pattern#HEAD}
 * @param chunk how many of them at a time
 * @param pause how long it pauses between them at most, in milliseconds
 * @param ending how it ends
 * @param appetite how it listens
 * @param stubborn whether it stays when the other side has finished
 */
record Manners(
    int total, int chunk, int pause, Ending ending, Appetite appetite, boolean stubborn) {

  enum Ending {
    /** Finishes when it has said and heard everything. */
    POLITE,
    /** Finishes right behind its last byte. */
    AT_ONCE,
    /** Closes both directions right behind its last byte. */
    HANGS_UP,
    /** Resets the connection right behind its last byte, or before. */
    BREAKS,
    /** Waits for the other side to end it. */
    STAYS
  }

  enum Appetite {
    EAGER,
    SLOW,
    /** Takes nothing for a time, again and again. */
    MOODY,
    /** Takes nothing until everybody becomes reasonable. */
    NONE
  }

  /** Whether nothing but a fault keeps it from hearing what is for it. */
  boolean listens() {
    return appetite == Appetite.EAGER || appetite == Appetite.SLOW;
  }

  static Manners polite(Dice dice, int most) {
    return new Manners(
        dice.between(Pattern.HEAD, most),
        Math.max(Pattern.HEAD, dice.between(most / 40, most / 3)),
        dice.oneOf(List.of(1, 20, 200)),
        Ending.POLITE,
        dice.onceIn(3) ? Appetite.SLOW : Appetite.EAGER,
        false);
  }

  static Manners any(Dice dice, int most) {
    Manners polite = polite(dice, most);
    return new Manners(
        dice.onceIn(8) ? 0 : polite.total(),
        polite.chunk(),
        dice.onceIn(10) ? 20_000 : polite.pause(),
        dice.oneOf(List.of(Ending.values())),
        dice.onceIn(2) ? polite.appetite() : dice.oneOf(List.of(Appetite.values())),
        dice.onceIn(6));
  }
}
