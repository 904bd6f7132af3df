package io.iottunnel.cli.doctor;

/** How verdicts stand out: by colours of a terminal, or not at all. */
enum Emphasis {
  NONE,
  COLOURS;

  private static final String GREEN = "\033[32m";
  private static final String YELLOW = "\033[33m";
  private static final String RED = "\033[1;31m";
  private static final String FAINT = "\033[2m";
  private static final String NORMAL = "\033[m";

  /** {@code text}, emphasized as {@code verdict} deserves it. */
  String of(Verdict verdict, String text) {
    return this == NONE ? text : colour(verdict) + text + NORMAL;
  }

  private static String colour(Verdict verdict) {
    return switch (verdict) {
      case OK -> GREEN;
      case WARNING -> YELLOW;
      case FAILED -> RED;
      case UNTRIED -> FAINT;
    };
  }
}
