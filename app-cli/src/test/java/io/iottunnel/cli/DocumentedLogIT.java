package io.iottunnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Mode;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sees who follows AWS's page about web proxies, and what nobody must see. */
class DocumentedLogIT {

  private static final String PASSWORD = "S3cr3t-p@ss:w";
  private static final String CLIENT_TOKEN = "S3cr3t-client-token-0123456789abcdef";

  private ServiceEmulator service;
  private Path ca;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    service = ServiceEmulator.start();
    ca = Files.writeString(directory.resolve("ca.pem"), service.ca().rootPem());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSourceWritesTheDocumentedSequence(boolean https) throws Exception {
    try (ScriptedWebProxy proxy = webProxy(https);
        LocalProxyProcess run = localProxy(proxy, Mode.SOURCE, "-s", "0", "-v", "5")) {
      run.awaitLine("Listening for new connection on port ");
      run.signal("TERM");
      assertEquals(0, run.awaitExit(), run.err());
      assertInOrder(run.err(), untilTheReadLoop("source", https));
      assertInOrder(
          run.err(),
          List.of(
              "(debug) Starting web socket read loop continue reading...",
              "(debug) Resolved bind IP: 127.0.0.1",
              "(info) Listening for new connection on port "));
    }
  }

  @Test
  void aDestinationWritesTheDocumentedSequence() throws Exception {
    try (ScriptedWebProxy proxy = webProxy(false);
        LocalProxyProcess run = localProxy(proxy, Mode.DESTINATION, "-d", "22", "-v", "5")) {
      run.awaitLine("SSH1 = 22");
      run.signal("TERM");
      assertEquals(0, run.awaitExit(), run.err());
      assertInOrder(run.err(), untilTheReadLoop("destination", false));
    }
  }

  @Test
  void noSecretIsShownAtAnyVerbosity() throws Exception {
    try (ScriptedWebProxy proxy = webProxy(false);
        LocalProxyProcess run = localProxy(proxy, Mode.SOURCE, "-s", "0", "-v", "255")) {
      run.awaitLine("Listening for new connection on port ");
      run.signal("TERM");
      assertEquals(0, run.awaitExit(), run.err());
      String shown = run.out() + run.err();
      assertTrue(shown.contains("[trace] << "), shown);
      String token = service.handshakes().get(0).request().value("access-token").orElseThrow();
      String basic = Base64.getEncoder().encodeToString(("me:" + PASSWORD).getBytes(UTF_8));
      for (String secret : List.of("S3cr3t", PASSWORD, token, basic)) {
        assertFalse(shown.contains(secret), shown);
      }
    }
  }

  private List<String> untilTheReadLoop(String mode, boolean https) {
    String endpoint = "wss://" + service.address();
    return List.of(
        "(debug) Parsed basic auth credentials for the URL",
        "(info) Found Web proxy information in the environment variables, will use it to connect"
            + " via the proxy.",
        "(info) Starting proxy in " + mode + " mode",
        "(info) Attempting to establish web socket connection with endpoint " + endpoint,
        "(debug) Resolved Web proxy IP: 127.0.0.1",
        "(debug) Connected successfully with Web Proxy",
        https
            ? "(debug) Performed SSL handshake with Web proxy successfully"
            : "(debug) Successfully sent HTTP CONNECT to the Web proxy",
        "(debug) Successfully sent HTTP CONNECT to the Web proxy",
        "(debug) Full response from the Web proxy:\nHTTP/1.1 200 Connection established",
        "(info) TCP tunnel established successfully",
        "(debug) Connected successfully with proxy server",
        "(debug) Successfully completed SSL handshake with proxy server",
        "(info) Web socket session ID: " + service.handshakes().get(0).channelId(),
        "(debug) Web socket subprotocol selected: aws.iot.securetunneling-3.0",
        "(info) Successfully established websocket connection with proxy server: " + endpoint,
        "(debug) Seting up web socket pings for every 20000 milliseconds",
        "(debug) Scheduled next read:",
        "(debug) Starting web socket read loop continue reading...");
  }

  /** Each part behind or at the place of the one before it. */
  private static void assertInOrder(String log, List<String> parts) {
    String shortened = log.replaceAll("(?m)^\\[[^]]*] \\([^)]*\\) \\[(\\w+)]", "($1)");
    int from = 0;
    for (String part : parts) {
      int at = shortened.indexOf(part, from);
      assertTrue(at >= 0, "'" + part + "' does not come where it should in:\n" + shortened);
      from = at;
    }
  }

  private ScriptedWebProxy webProxy(boolean https) {
    ScriptedWebProxy.Builder builder =
        ScriptedWebProxy.builder()
            .script(Script.basic(new Credentials("me", PASSWORD)))
            .route(
                service.address().toString(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), service.address().port()));
    return https ? builder.tls(service.ca().leaf("127.0.0.1")).start() : builder.start();
  }

  private LocalProxyProcess localProxy(ScriptedWebProxy proxy, Mode mode, String... options) {
    Tunnel tunnel = service.openTunnel("SSH1");
    String[] arguments = new String[options.length + 4];
    arguments[0] = "-e";
    arguments[1] = service.address().toString();
    arguments[2] = "-c";
    arguments[3] = ca.toString();
    System.arraycopy(options, 0, arguments, 4, options.length);
    return LocalProxyProcess.start(
        Map.of(
            "AWSIOT_TUNNEL_ACCESS_TOKEN",
            tunnel.end(mode).token(),
            "AWSIOT_TUNNEL_CLIENT_TOKEN",
            CLIENT_TOKEN,
            "HTTPS_PROXY",
            proxy.url().scheme().text() + ":me:" + PASSWORD + "@" + proxy.url().address()),
        arguments);
  }
}
