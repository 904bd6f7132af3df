package io.iottunnel.testkit.contract;

import io.iottunnel.ports.NegotiateTokens;
import io.iottunnel.ports.WebProxyDialer;
import javax.net.ssl.X509ExtendedTrustManager;

/** A correct dialer passes the contract. */
class SmallDialerTest extends WebProxyDialerContract {

  @Override
  protected WebProxyDialer dialer(
      X509ExtendedTrustManager trust, StageLimits limits, NegotiateTokens tokens) {
    return new SmallDialer(trust, limits, tokens, SmallHooks.NONE);
  }
}
