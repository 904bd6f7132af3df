package io.iottunnel.testkit.emulator;

/**
 * A rule that a client broke.
 *
 * @param rule which
 * @param who the end of which tunnel, in which session
 * @param detail what came, without secrets
 */
public record Breach(Rule rule, String who, String detail) {

  @Override
  public String toString() {
    return rule + " (" + rule.sentence() + "), broken by " + who + ": " + detail;
  }
}
