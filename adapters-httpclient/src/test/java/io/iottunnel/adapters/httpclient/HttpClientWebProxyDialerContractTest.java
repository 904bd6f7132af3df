package io.iottunnel.adapters.httpclient;

import io.iottunnel.adapters.nio.DialLimits;
import io.iottunnel.adapters.nio.NioLoop;
import io.iottunnel.adapters.nio.NioWebProxyDialer;
import io.iottunnel.adapters.nio.Trust;
import io.iottunnel.ports.NegotiateTokens;
import io.iottunnel.ports.WebProxyDialer;
import io.iottunnel.testkit.contract.StageLimits;
import io.iottunnel.testkit.contract.WebProxyDialerContract;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;

/** HttpClient's dialog, with the dialer of adapters-nio around it. */
class HttpClientWebProxyDialerContractTest extends WebProxyDialerContract {

  private final NioLoop loop = new NioLoop();

  @Override
  protected WebProxyDialer dialer(
      X509ExtendedTrustManager trust, StageLimits limits, NegotiateTokens tokens) {
    return new NioWebProxyDialer(
        loop,
        new HttpClientConnectDialog.Factory("localproxy/test", tokens),
        Trust.of(trust).context(),
        new DialLimits(
            limits.connect(), limits.connect(), limits.tls(), limits.answer(), limits.token()));
  }

  @AfterEach
  void closeLoop() {
    loop.close();
  }
}
