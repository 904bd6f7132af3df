package io.iottunnel.testkit.contract;

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

  private static final Duration SHORT = Duration.ofSeconds(2);

  /** For rules in which nothing may run out of time. */
  static final StageLimits GENEROUS = new StageLimits(LONG, LONG, LONG, LONG);

  /** For rules in which an address does not answer. */
  static final StageLimits SHORT_CONNECT = new StageLimits(SHORT, LONG, LONG, LONG);

  /** For rules in which the web proxy falls silent. */
  static final StageLimits SHORT_ANSWER = new StageLimits(LONG, SHORT, SHORT, LONG);
}
