package io.iottunnel.testkit.contract;

import io.iottunnel.ports.NegotiateTokens;
import io.iottunnel.testkit.TestIdentity;
import java.util.Optional;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What a dialer under test is made with.
 *
 * @param trust whom it trusts as an https web proxy; not as an {@code SSLContext}, since one of
 *     those does not tell whose certificate it refused
 * @param identity what it shows of itself to an https web proxy that asks; nothing in most rules
 * @param limits what it must keep
 * @param tokens what it authenticates with by Negotiate, instead of asking Kerberos
 */
public record DialerSettings(
    X509ExtendedTrustManager trust,
    Optional<TestIdentity> identity,
    StageLimits limits,
    NegotiateTokens tokens) {

  /** The same with other limits. */
  DialerSettings within(StageLimits others) {
    return new DialerSettings(trust, identity, others, tokens);
  }

  /** The same for a dialer that trusts others. */
  DialerSettings trusting(X509ExtendedTrustManager others) {
    return new DialerSettings(others, identity, limits, tokens);
  }

  /** The same for a dialer that shows this of itself. */
  DialerSettings showing(TestIdentity shown) {
    return new DialerSettings(trust, Optional.of(shown), limits, tokens);
  }
}
