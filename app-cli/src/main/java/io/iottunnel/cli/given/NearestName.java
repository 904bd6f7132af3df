package io.iottunnel.cli.given;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant who mistyped a name. */
public final class NearestName {

  /** Names that are more than this share of their length apart have nothing in common. */
  private static final int SHARE = 3;

  /** No name that we know is as long. */
  private static final int LONGEST = 100;

  private NearestName() {}

  /**
   * The known name that the fewest typing mistakes (a letter too many, too few, wrong or swapped
   * with its neighbour) turn into {@code name}, if they are few enough to be mistakes.
   */
  public static Optional<String> of(String name, Collection<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(candidate -> mistakes(candidate, name) <= Math.max(2, candidate.length() / SHARE))
        .min(Comparator.comparingInt(candidate -> mistakes(candidate, name)));
  }

  /** A question to put behind an error or a warning; empty where nothing is near. */
  public static String question(String name, Collection<String> known) {
    return of(name, known).map("; did you mean '%s'?"::formatted).orElse("");
  }

  /** The optimal string alignment distance. */
  private static int mistakes(String one, String other) {
    int[][] table = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      table[i][0] = i;
    }
    for (int j = 0; j <= other.length(); j++) {
      table[0][j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      for (int j = 1; j <= other.length(); j++) {
        int wrong = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int fewest =
            Math.min(table[i - 1][j - 1] + wrong, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
        if (swapped(one, i, other, j)) {
          fewest = Math.min(fewest, table[i - 2][j - 2] + 1);
        }
        table[i][j] = fewest;
      }
    }
    return table[one.length()][other.length()];
  }

  private static boolean swapped(String one, int i, String other, int j) {
    return i > 1
        && j > 1
        && one.charAt(i - 1) == other.charAt(j - 2)
        && one.charAt(i - 2) == other.charAt(j - 1);
  }
}
