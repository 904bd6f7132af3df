package io.iottunnel.testkit.contract;

import io.iottunnel.ports.WebProxyDialer;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;

/** The bench of a sabotage: the smallest honest dialer, spoilt. */
abstract class SpoiltDialer {

  private final DialerBench bench =
      new DialerBench((trust, limits, tokens) -> dialer(trust, limits));

  /** The dialer, spoilt from the inside where a sabotage needs that. */
  WebProxyDialer dialer(X509ExtendedTrustManager trust, StageLimits limits) {
    return spoil(new SmallDialer(trust, limits));
  }

  /** The dialer, spoilt from outside. */
  WebProxyDialer spoil(WebProxyDialer honest) {
    return honest;
  }

  public DialerBench bench() {
    return bench;
  }

  public void requireHttps() {}

  @AfterEach
  void closeBench() {
    bench.close();
  }
}
