package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.emulator.TunnelEnd.Cut;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ends behind web proxies: WebSocket over TLS over CONNECT, over TLS again where https. */
@ExtendWith(NothingLeftOpen.class)
class WebProxiesIT {

  private static final ServiceId SSH = new ServiceId("SSH1");
  private static final Bulk BULK = Bulk.random(5, 1_000_000);

  private final Credentials user = Secrets.awkwardCredentials();
  private ServiceEmulator service;
  private Tunnel tunnel;
  private Application echo;

  @BeforeEach
  void openTunnel() {
    service = ServiceEmulator.start();
    tunnel = TunnelOwner.openTunnel(service, "SSH1");
    echo = Application.echo();
  }

  @AfterEach
  void theJudgeFindsNothing() {
    echo.close();
    service.close();
  }

  @ParameterizedTest
  @EnumSource
  void bytesGoBothWaysThroughAWebProxyThatWantsAName(WebProxy.Scheme scheme) throws IOException {
    try (ScriptedWebProxy webProxy = webProxy(scheme, Script.basic(user));
        End source = behind(webProxy.url(user), true);
        End destination = behind(webProxy.url(user), false)) {
      tunnel.destination().awaitSession();
      echoes(source);

      tunnel.source().cut(Cut.RST);
      tunnel.source().awaitSessions(2);

      echoes(source);
      assertEquals(3, webProxy.requests().size(), "each with credentials from the start");
      assertEquals(3, webProxy.authorizations().size());
      webProxy
          .requests()
          .forEach(
              request -> assertEquals(Optional.of(service.address().toString()), request.target()));
      assertFalse(destination.isOver());
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongCredentialsAreSentOnceAndNeverAgain(WebProxy.Scheme scheme) {
    try (ScriptedWebProxy webProxy = webProxy(scheme, Script.basic(user));
        End source = behind(webProxy.url(Secrets.otherPassword(user)), true)) {
      LocalProxyException refusal =
          assertInstanceOf(WebProxyRefusedException.class, source.failure());
      assertTrue(refusal.getMessage().contains("407"), refusal.getMessage());
      assertTrue(refusal.getMessage().contains("test realm"), refusal.getMessage());
      assertTrue(refusal.getMessage().contains(user.user()), refusal.getMessage());
      assertEquals(1, webProxy.requests().size());
      assertEquals(List.of(), service.handshakes());
    }
  }

  @Test
  void anHttpsWebProxyOfAStrangerGetsNoRequest() {
    try (ScriptedWebProxy webProxy =
            ScriptedWebProxy.builder()
                .tls(TestCa.create("Stranger").leaf("127.0.0.1"))
                .route(service.address().toString(), emulator())
                .start();
        End source = behind(webProxy.url(user), true)) {
      assertInstanceOf(CertificateNotTrustedException.class, source.failure());
      assertEquals(List.of(), webProxy.requests());
    }
  }

  private void echoes(End source) throws IOException {
    try (Peer client = source.client(SSH)) {
      Bulk.exchange(client, BULK, BULK);
    }
  }

  private ScriptedWebProxy webProxy(WebProxy.Scheme scheme, Script script) {
    ScriptedWebProxy.Builder builder =
        ScriptedWebProxy.builder().script(script).route(service.address().toString(), emulator());
    if (scheme == WebProxy.Scheme.HTTPS) {
      builder.tls(service.ca().leaf("127.0.0.1"));
    }
    return builder.start();
  }

  private InetSocketAddress emulator() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), service.address().port());
  }

  private End behind(WebProxy webProxy, boolean isSource) {
    return isSource
        ? End.startBehind(webProxy, service, tunnel.source(), b -> {})
        : End.startBehind(
            webProxy, service, tunnel.destination(), b -> b.mapping(Map.of(SSH, echo.endpoint())));
  }
}
