package io.iottunnel.adapters.httpclient;

import io.iottunnel.adapters.nio.ClientIdentity;
import io.iottunnel.adapters.nio.DialLimits;
import io.iottunnel.adapters.nio.NioLoop;
import io.iottunnel.adapters.nio.NioWebProxyDialer;
import io.iottunnel.adapters.nio.Trust;
import io.iottunnel.ports.WebProxyDialer;
import io.iottunnel.testkit.TestIdentity;
import io.iottunnel.testkit.contract.DialerSettings;
import io.iottunnel.testkit.contract.StageLimits;
import io.iottunnel.testkit.contract.WebProxyDialerContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** HttpClient's dialog, with the dialer of adapters-nio around it. */
class HttpClientWebProxyDialerContractTest extends WebProxyDialerContract {

  @TempDir private Path directory;

  private final NioLoop loop = new NioLoop();

  @Override
  protected WebProxyDialer dialer(DialerSettings settings) {
    StageLimits limits = settings.limits();
    return new NioWebProxyDialer(
        loop,
        new HttpClientConnectDialog.Factory("localproxy/test", settings.tokens()),
        Trust.of(settings.trust()).context(settings.identity().map(this::read)),
        new DialLimits(
            limits.connect(), limits.connect(), limits.tls(), limits.answer(), limits.token()));
  }

  private ClientIdentity read(TestIdentity identity) {
    identity.writeTo(directory);
    return ClientIdentity.read(directory.resolve("chain.pem"), directory.resolve("key.pem"));
  }

  @AfterEach
  void closeLoop() {
    loop.close();
  }
}
