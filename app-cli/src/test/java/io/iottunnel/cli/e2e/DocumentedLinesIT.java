package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.LocalProxyProcess;
import io.iottunnel.cli.WebProxyVariable;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The use that AWS documents for devices behind web proxies, and the log lines that it shows:
 * people and scripts look for them.
 */
class DocumentedLinesIT {

  private static final String HOST = "data.tunneling.iot.us-west-2.amazonaws.com";

  private final Credentials user = Secrets.awkwardCredentials();
  private ServiceEmulator service;
  private Tunnel tunnel;
  private Path ca;

  @BeforeEach
  void openTunnel(@TempDir Path directory) throws IOException {
    service = ServiceEmulator.start();
    tunnel = TunnelOwner.openTunnel(service, "SSH1");
    ca = Files.writeString(directory.resolve("ca.pem"), service.ca().rootPem());
  }

  @AfterEach
  void theJudgeFindsNothing() {
    service.close();
  }

  static Stream<Arguments> uses() {
    return Stream.of(Mode.values())
        .flatMap(mode -> Stream.of(WebProxy.Scheme.values()).map(s -> Arguments.of(mode, s)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("uses")
  void theyComeInTheirOrder(Mode mode, WebProxy.Scheme scheme) throws Exception {
    try (ScriptedWebProxy webProxy = webProxy(scheme);
        LocalProxyProcess run = start(mode, webProxy, "-v", "5")) {
      run.awaitLine(lastLine(mode));
      texts(run).assertContainsInOrder(expected(mode, scheme));
      assertTrue(
          run.out()
              .matches(
                  "Running AWS IoT Secure Tunneling Local Proxy version: \\d+\\.\\d+\\.\\d+\n"),
          run.out());
      endsCleanly(run, mode);
    }
  }

  @Test
  void atTheDefaultVerbosityTheStepsAreLeftOut() throws Exception {
    try (ScriptedWebProxy webProxy = webProxy(WebProxy.Scheme.HTTP);
        LocalProxyProcess run = start(Mode.SOURCE, webProxy)) {
      run.awaitLine(lastLine(Mode.SOURCE));
      LogTexts texts = texts(run);
      texts.assertContainsInOrder(
          List.of(
              "Found Web proxy information in the environment variables, will use it to connect via"
                  + " the proxy.",
              "Starting proxy in source mode",
              "Attempting to establish web socket connection with endpoint wss://" + HOST + ":443",
              "TCP tunnel established successfully",
              "Web socket session ID: " + service.handshakes().get(0).channelId(),
              "Successfully established websocket connection with proxy server: wss://"
                  + HOST
                  + ":443",
              "Listening for new connection on port "));
      assertTrue(texts.lines().stream().noneMatch(t -> t.startsWith("Resolved")), texts.toString());
      endsCleanly(run, Mode.SOURCE);
    }
  }

  @Test
  void atTheHighestVerbosityNoSecretIsShown() throws Exception {
    try (ScriptedWebProxy webProxy = webProxy(WebProxy.Scheme.HTTP);
        LocalProxyProcess run = start(Mode.SOURCE, webProxy, "-v", "255")) {
      run.awaitLine(lastLine(Mode.SOURCE));
      endsCleanly(run, Mode.SOURCE);
    }
  }

  private LocalProxyProcess start(Mode mode, ScriptedWebProxy webProxy, String... more) {
    Map<String, String> environment =
        Map.of(
            "AWSIOT_TUNNEL_ACCESS_TOKEN",
            tunnel.end(mode).token(),
            "AWSIOT_TUNNEL_CLIENT_TOKEN",
            Secrets.token(),
            "HTTPS_PROXY",
            WebProxyVariable.withoutSlashes(webProxy.url(user)),
            "SSL_CERT_FILE",
            ca.toString());
    List<String> arguments = new ArrayList<>(List.of("-r", "us-west-2"));
    arguments.addAll(mode == Mode.SOURCE ? List.of("-s", "0") : List.of("-d", "22"));
    arguments.addAll(List.of(more));
    return LocalProxyProcess.start(environment, arguments.toArray(String[]::new));
  }

  private void endsCleanly(LocalProxyProcess run, Mode mode) throws Exception {
    run.signal("TERM");
    assertEquals(0, run.awaitExit(), run.err());
    assertEquals(1000, tunnel.end(mode).awaitClose());
  }

  private ScriptedWebProxy webProxy(WebProxy.Scheme scheme) {
    ScriptedWebProxy.Builder builder =
        ScriptedWebProxy.builder()
            .script(Script.basic(user))
            .route(
                HOST + ":443",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), service.address().port()));
    if (scheme == WebProxy.Scheme.HTTPS) {
      builder.tls(service.ca().leaf("127.0.0.1"));
    }
    return builder.start();
  }

  private static String lastLine(Mode mode) {
    return mode == Mode.SOURCE ? "Listening for new connection on port " : "SSH1 = ";
  }

  private List<String> expected(Mode mode, WebProxy.Scheme scheme) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "Parsed basic auth credentials for the URL",
                "Found Web proxy information in the environment variables, will use it to connect"
                    + " via the proxy.",
                "Starting proxy in " + mode.wireName() + " mode",
                "Attempting to establish web socket connection with endpoint wss://"
                    + HOST
                    + ":443",
                "Resolved Web proxy IP: 127.0.0.1",
                "Connected successfully with Web Proxy"));
    if (scheme == WebProxy.Scheme.HTTPS) {
      lines.add("Performed SSL handshake with Web proxy successfully");
    }
    lines.addAll(
        List.of(
            "Successfully sent HTTP CONNECT to the Web proxy",
            "Full response from the Web proxy:",
            "HTTP/1.1 200 Connection established",
            "TCP tunnel established successfully",
            "Connected successfully with proxy server",
            "Successfully completed SSL handshake with proxy server",
            "Web socket session ID: " + service.handshakes().get(0).channelId(),
            "Web socket subprotocol selected: aws.iot.securetunneling-3.0",
            "Successfully established websocket connection with proxy server: wss://"
                + HOST
                + ":443",
            "Seting up web socket pings for every 20000 milliseconds",
            "Scheduled next read:",
            "Starting web socket read loop continue reading..."));
    if (mode == Mode.SOURCE) {
      lines.addAll(List.of("Resolved bind IP: 127.0.0.1", "Listening for new connection on port "));
    }
    return lines;
  }

  /** The lines of the log; which port a source listens on is left open. */
  private static LogTexts texts(LocalProxyProcess run) {
    return LogTexts.of(run).replacing("(Listening for new connection on port )\\d+$", "$1");
  }
}
