package io.iottunnel.adapters.httpclient;

import io.iottunnel.adapters.nio.DialLimits;
import io.iottunnel.adapters.nio.NioLoop;
import io.iottunnel.adapters.nio.NioWebProxyDialer;
import io.iottunnel.adapters.nio.Trust;
import io.iottunnel.ports.WebProxyDialer;
import io.iottunnel.testkit.contract.DialerSettings;
import io.iottunnel.testkit.contract.StageLimits;
import io.iottunnel.testkit.contract.WebProxyDialerContract;
import org.junit.jupiter.api.AfterEach;

/** HttpClient's dialog, with the dialer of adapters-nio around it. */
class HttpClientWebProxyDialerContractTest extends WebProxyDialerContract {

  private final NioLoop loop = new NioLoop();

  @Override
  protected WebProxyDialer dialer(DialerSettings settings) {
    StageLimits limits = settings.limits();
    return new NioWebProxyDialer(
        loop,
        new HttpClientConnectDialog.Factory("localproxy/test", settings.tokens()),
        Trust.of(settings.trust()).context(),
        new DialLimits(
            limits.connect(), limits.connect(), limits.tls(), limits.answer(), limits.token()));
  }

  @AfterEach
  void closeLoop() {
    loop.close();
  }
}
