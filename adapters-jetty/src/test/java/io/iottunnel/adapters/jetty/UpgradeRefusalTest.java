package io.iottunnel.adapters.jetty;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.UpgradeRequest;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.TestIdentity;
import io.iottunnel.testkit.secrets.Printed;
import io.iottunnel.testkit.secrets.Secrets;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.HttpsURLConnection;
import org.eclipse.jetty.http.HttpDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An upgrade that is answered like an ordinary request, by an ordinary HTTP server. */
@Execution(ExecutionMode.SAME_THREAD)
class UpgradeRefusalTest {

  private static final TestCa CA = TestCa.create();
  private static final String PASSWORD = "changeit";

  private static WireMockServer server;
  private static JettyTunnelTransport transport;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server =
        new WireMockServer(
            wireMockConfig()
                .httpDisabled(true)
                .dynamicHttpsPort()
                .bindAddress("127.0.0.1")
                .containerThreads(8)
                .keystoreType("PKCS12")
                .keystorePath(keyStore(directory).toString())
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD));
    server.start();
    awaitFirstAnswer();
    transport =
        new JettyTunnelTransport(
            CA.clientContext(), true, "localproxy/test", JettyTunnelTransport.Limits.DEFAULT);
  }

  /** WireMock's first answer takes long on a busy machine, and is none of the tests' business. */
  private static void awaitFirstAnswer() throws Exception {
    URL url = new URI("https://127.0.0.1:" + server.httpsPort() + "/").toURL();
    HttpsURLConnection connection = (HttpsURLConnection) url.openConnection();
    connection.setSSLSocketFactory(CA.clientContext().getSocketFactory());
    assertEquals(404, connection.getResponseCode());
    connection.disconnect();
  }

  @AfterAll
  static void stop() {
    transport.close();
    server.stop();
  }

  private static Path keyStore(Path directory) throws Exception {
    TestIdentity identity = CA.leaf("127.0.0.1");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "key",
        identity.key(),
        PASSWORD.toCharArray(),
        identity.chain().toArray(new X509Certificate[0]));
    Path file = directory.resolve("keys.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  @Test
  void aSpentTokenIsFinalAndTheRemedyNamesTheClientToken() throws Exception {
    HandshakeRejectedException refused =
        refusal(
            aResponse()
                .withStatus(400)
                .withHeader("channel-id", "01-abc")
                .withBody(
                    "Invalid access token: The access token was previously used and can not be used"
                        + " again."));
    assertEquals(400, refused.status());
    assertEquals(Retry.NEVER, refused.retry());
    assertEquals(Optional.of("01-abc"), refused.channelId());
    assertFalse(refused.tunnelClosed());
    assertSays(
        refused,
        "400 Bad Request",
        "\"Invalid access token: The access token was previously used and can not be used again.\"",
        "channel-id: 01-abc",
        "The access token is spent",
        "-i or AWSIOT_TUNNEL_CLIENT_TOKEN",
        "rotate",
        "open a new tunnel");
  }

  @Test
  void aTunnelThatIsClosedIsSaidToBe() throws Exception {
    HandshakeRejectedException refused =
        refusal(
            aResponse()
                .withStatus(404)
                .withHeader("X-Status-Reason", "Tunnel is closed")
                .withHeader("channel-id", "c"));
    assertTrue(refused.tunnelClosed());
    assertEquals(Retry.NEVER, refused.retry());
    assertSays(refused, "Tunnel is closed", "open a new one");
  }

  @Test
  void anyOther4xxIsFinal() throws Exception {
    HandshakeRejectedException refused =
        refusal(aResponse().withStatus(403).withHeader("channel-id", "c").withBody("No\u0007"));
    assertEquals(Retry.NEVER, refused.retry());
    assertSays(refused, "403 Forbidden", "\"No\\u0007\"", "Likely the access token is wrong");
  }

  @Test
  void a4xxThatPassesIsTriedAgainAfterTheTimeItNames() throws Exception {
    for (int status : new int[] {408, 425, 429}) {
      HandshakeRejectedException refused =
          refusal(aResponse().withStatus(status).withHeader("Retry-After", "17"));
      assertEquals(Retry.WITH_BACKOFF, refused.retry());
      assertEquals(Optional.of(Duration.ofSeconds(17)), refused.retryAfter());
    }
  }

  @Test
  void a5xxIsTriedAgainAndADateIsATimeToo() throws Exception {
    HandshakeRejectedException refused =
        refusal(
            aResponse()
                .withStatus(503)
                .withHeader(
                    "Retry-After",
                    HttpDateTime.format(Instant.now().plusSeconds(3600).atZone(ZoneOffset.UTC))));
    assertEquals(Retry.WITH_BACKOFF, refused.retry());
    Duration wait = refused.retryAfter().orElseThrow();
    assertTrue(wait.compareTo(Duration.ofMinutes(58)) > 0, wait.toString());
    assertTrue(wait.compareTo(Duration.ofMinutes(60)) <= 0, wait.toString());
    assertSays(refused, "503", "another attempt may succeed");
  }

  @Test
  void aRedirectIsNotFollowedAndIsNotTheServices() throws Exception {
    HandshakeRejectedException refused =
        refusal(
            aResponse()
                .withStatus(302)
                .withHeader("Location", "https://127.0.0.1:" + server.httpsPort() + "/elsewhere"));
    assertEquals(Retry.AFTER_A_SESSION, refused.retry());
    assertSays(refused, "302", "/elsewhere", "captive portal", "inspects TLS");
    server.verify(0, getRequestedFor(urlPathEqualTo("/elsewhere")));
  }

  @Test
  void aPageIsNotTheServices() throws Exception {
    HandshakeRejectedException ok =
        refusal(
            aResponse()
                .withHeader("Content-Type", "text/html; charset=utf-8")
                .withBody("<html><head><title>Welcome</title></head><p>to Caf&eacute;</p></html>"));
    assertEquals(200, ok.status());
    assertEquals(Retry.AFTER_A_SESSION, ok.retry());
    assertSays(ok, "200 OK instead of 101", "\"Welcome to Caf&eacute;\"", "captive portal");

    HandshakeRejectedException forbidden = refusal(aResponse().withStatus(403));
    assertEquals(Retry.AFTER_A_SESSION, forbidden.retry());
    assertSays(forbidden, "403", "captive portal");
  }

  private static void assertSays(HandshakeRejectedException refused, String... parts) {
    for (String part : parts) {
      assertTrue(refused.getMessage().contains(part), part + " in " + refused.getMessage());
    }
  }

  private static HandshakeRejectedException refusal(ResponseDefinitionBuilder answer)
      throws Exception {
    server.resetAll();
    server.stubFor(get(anyUrl()).willReturn(answer));
    HostAndPort address = new HostAndPort("127.0.0.1", server.httpsPort());
    try (HandDrivenStream way = new HandDrivenStream(address)) {
      CompletableFuture<TunnelSession> opening =
          transport.open(
              way,
              new UpgradeRequest(address, "/tunnel", "x", Map.of("access-token", Secrets.token())),
              new RecordingListener());
      Throwable failure =
          assertThrows(ExecutionException.class, () -> way.await(opening)).getCause();
      Printed.add(failure);
      assertFalse(way.isOpen());
      return assertInstanceOf(HandshakeRejectedException.class, failure);
    }
  }
}
