package io.iottunnel.cli.doctor;

/** How a hop is, the better first. */
public enum Verdict {
  /** Nothing is wrong. */
  OK("ok"),
  /** It works, and there is something to know about it. */
  WARNING("warning"),
  /** Not known, as a hop before it has failed. */
  UNTRIED("untried"),
  /** Here is what is wrong. */
  FAILED("failed");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** The verdict in a word, for people and machines. */
  String text() {
    return text;
  }
}
