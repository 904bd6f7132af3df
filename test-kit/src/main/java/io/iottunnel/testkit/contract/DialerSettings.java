package io.iottunnel.testkit.contract;

import io.iottunnel.ports.NegotiateTokens;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What a dialer under test is made with.
 *
 * @param trust whom it trusts as an https web proxy; not as an {@code SSLContext}, since one of
 *     those does not tell whose certificate it refused
 * @param limits what it must keep
 * @param tokens what it authenticates with by Negotiate, instead of asking Kerberos
 */
public record DialerSettings(
    X509ExtendedTrustManager trust, StageLimits limits, NegotiateTokens tokens) {

  /** The same with other limits. */
  DialerSettings within(StageLimits others) {
    return new DialerSettings(trust, others, tokens);
  }

  /** The same for a dialer that trusts others. */
  DialerSettings trusting(X509ExtendedTrustManager others) {
    return new DialerSettings(others, limits, tokens);
  }
}
