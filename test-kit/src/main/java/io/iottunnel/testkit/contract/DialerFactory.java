package io.iottunnel.testkit.contract;

import io.iottunnel.ports.NegotiateTokens;
import io.iottunnel.ports.WebProxyDialer;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes the dialer under test, as {@link WebProxyDialerContract#dialer} says. */
interface DialerFactory {
  WebProxyDialer dialer(X509ExtendedTrustManager trust, StageLimits limits, NegotiateTokens tokens);
}
