package io.iottunnel.cli.fuzz;

/** What every parser owes, whatever it is given. */
public final class Promise {

  private Promise() {}

  /** What a user reads is one line, of a length that can be read, and of no control characters. */
  public static void isFitToBeRead(String message) {
    keep(message.lines().count() == 1, "several lines: " + message);
    keep(message.codePoints().noneMatch(Character::isISOControl), "control characters");
    keep(message.length() < 2_000, "a message of " + message.length() + " characters");
  }

  public static void keep(boolean kept, String broken) {
    if (!kept) {
      throw new AssertionError(broken);
    }
  }
}
