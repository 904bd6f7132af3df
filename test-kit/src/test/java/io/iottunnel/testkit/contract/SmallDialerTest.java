package io.iottunnel.testkit.contract;

import io.iottunnel.ports.WebProxyDialer;

/** A correct dialer passes the contract. */
class SmallDialerTest extends WebProxyDialerContract {

  @Override
  protected WebProxyDialer dialer(DialerSettings settings) {
    return new SmallDialer(settings);
  }
}
