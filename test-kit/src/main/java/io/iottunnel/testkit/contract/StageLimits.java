package io.iottunnel.testkit.contract;

import io.iottunnel.testkit.Deadline;
import java.time.Duration;

/**
 * The time limits that a dialer under test must keep.
 *
 * @param connect for TCP to one address
 * @param tls for the TLS handshake with the web proxy
 * @param answer for the answer to one CONNECT request
 * @param token for one token of Negotiate
 */
public record StageLimits(Duration connect, Duration tls, Duration answer, Duration token) {

  /** Longer than any test waits: no limit may do what the rule is about. */
  private static final Duration LONG = Duration.ofSeconds(30);

  /** For rules in which nothing may run out of time. */
  static final StageLimits GENEROUS = new StageLimits(LONG, LONG, LONG, LONG);

  /** For rules in which an address does not answer. */
  static StageLimits shortConnect() {
    return new StageLimits(brief(), LONG, LONG, LONG);
  }

  /** For rules in which the web proxy falls silent. */
  static StageLimits shortAnswer() {
    return new StageLimits(LONG, brief(), brief(), LONG);
  }

  /** For rules in which a KDC does not answer. */
  static StageLimits shortToken() {
    return new StageLimits(LONG, LONG, LONG, brief());
  }

  /** Long enough for a busy machine, and much shorter than what is waited for the outcome. */
  private static Duration brief() {
    return Deadline.limit().dividedBy(5);
  }
}
