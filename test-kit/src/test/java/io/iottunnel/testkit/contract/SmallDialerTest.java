package io.iottunnel.testkit.contract;

import io.iottunnel.ports.WebProxyDialer;
import javax.net.ssl.X509ExtendedTrustManager;

/** A correct dialer passes the contract. */
class SmallDialerTest extends WebProxyDialerContract {

  @Override
  protected WebProxyDialer dialer(X509ExtendedTrustManager trust, StageLimits limits) {
    return new SmallDialer(trust, limits);
  }
}
