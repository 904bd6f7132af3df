package io.iottunnel.engine.simulation;

/** How applications take those who connect to them. */
final class Applications {

  /** What comes of an attempt to connect. */
  enum Answer {
    ACCEPT,
    REFUSE,
    HANG
  }

  private static final int PATIENCE = 10_000;

  private final Dice dice;
  private int refusals;
  private int hangings;

  Applications(Dice dice) {
    this.dice = dice;
  }

  void refuse(int times) {
    refusals = times;
  }

  void hang(int times) {
    hangings = times;
  }

  /** Whoever connects from now on is accepted. */
  void accept() {
    refusals = 0;
    hangings = 0;
  }

  Answer answer() {
    if (refusals > 0) {
      refusals--;
      return Answer.REFUSE;
    }
    if (hangings > 0) {
      hangings--;
      return Answer.HANG;
    }
    return Answer.ACCEPT;
  }

  /** How long whoever connects waits for an answer, in milliseconds. */
  int patience() {
    return dice.between(1, PATIENCE);
  }
}
