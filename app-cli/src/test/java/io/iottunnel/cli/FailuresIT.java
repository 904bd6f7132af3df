package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a running local proxy ends, against the emulated service: the words and the code. */
class FailuresIT {

  private final Map<String, String> environment = new HashMap<>();
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

  @Test
  void aRefusedTokenEndsWith3() throws InterruptedException {
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", Secrets.token());
    try (LocalProxyProcess run = localProxy("-s", "0")) {
      assertEquals(3, run.awaitExit(), run.err());
      String error = onlyFatalLine(run);
      assertTrue(error.contains("400"), error);
      assertTrue(error.contains("Invalid access token"), error);
      assertTrue(error.contains(service.handshakes().get(0).channelId()), error);
    }
  }

  @Test
  void aRotatedTokenEndsWith3() throws InterruptedException {
    Tunnel tunnel = tunnel(Mode.SOURCE, "SSH1");
    try (LocalProxyProcess run = localProxy("-s", "0")) {
      run.awaitLine("Listening for new connection on port ");
      tunnel.rotateToken(Mode.SOURCE);
      assertEquals(3, run.awaitExit(), run.err());
      onlyFatalLine(run);
    }
  }

  @Test
  void aWebProxyThatForbidsEndsWith4() throws InterruptedException {
    tunnel(Mode.SOURCE, "SSH1");
    try (ScriptedWebProxy proxy =
        ScriptedWebProxy.playing(
            Script.refusingAndClosing("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"))) {
      environment.put(
          "https_proxy", WebProxyVariable.withoutSlashes(proxy.url(Secrets.awkwardCredentials())));
      try (LocalProxyProcess run = localProxy("-s", "0")) {
        assertEquals(4, run.awaitExit(), run.err());
        String error = onlyFatalLine(run);
        assertTrue(error.contains("403"), error);
      }
    }
  }

  @Test
  void servicesThatDoNotFitEndWith5AndBothSets() throws InterruptedException {
    tunnel(Mode.SOURCE, "SSH1", "WEB");
    try (LocalProxyProcess run = localProxy("-s", "SSH1=0,OTHER=0")) {
      assertEquals(5, run.awaitExit(), run.err());
      String error = onlyFatalLine(run);
      assertTrue(error.contains("WEB") && error.contains("OTHER"), error);
    }
  }

  @Test
  void aPortThatIsTakenEndsWith6() throws IOException, InterruptedException {
    tunnel(Mode.SOURCE, "SSH1");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LocalProxyProcess run = localProxy("-s", "127.0.0.1:" + taken.getLocalPort())) {
      assertEquals(6, run.awaitExit(), run.err());
      String error = onlyFatalLine(run);
      assertTrue(error.contains("127.0.0.1:" + taken.getLocalPort()), error);
    }
  }

  @Test
  void aCertificateThatIsNotTrustedEndsWith7() throws InterruptedException {
    tunnel(Mode.SOURCE, "SSH1");
    try (LocalProxyProcess run =
        LocalProxyProcess.start(environment, "-e", service.address().toString(), "-s", "0")) {
      assertEquals(7, run.awaitExit(), run.err());
      String error = onlyFatalLine(run);
      assertTrue(error.contains("localhost"), error);
    }
  }

  @Test
  void retriesThatAreUsedUpEndWith8(@TempDir Path directory)
      throws IOException, InterruptedException {
    Path settings =
        Files.writeString(
            directory.resolve("settings.json"),
            """
            {"tunneling": {"proxy": {"websocket": {"connect_retry_count": 1, "retry_delay_ms": 1}}}}
            """);
    tunnel(Mode.SOURCE, "SSH1");
    environment.put("HTTPS_PROXY", "http://127.0.0.1:" + nobody());
    try (LocalProxyProcess run = localProxy("-s", "0", "--settings-json", settings.toString())) {
      assertEquals(8, run.awaitExit(), run.err());
      String error = onlyFatalLine(run);
      assertTrue(error.contains("Gave up after 2 failed attempts"), error);
      assertTrue(error.contains("Connection refused"), error);
      assertEquals(1, lines(run, "; connecting again in ").size(), run.err());
    }
  }

  @Test
  void inJsonEveryLineIsAnObject() throws InterruptedException {
    Tunnel tunnel = tunnel(Mode.DESTINATION, "SSH1");
    try (LocalProxyProcess run = localProxy("-d", "22", "-v", "5", "--log-format", "json")) {
      tunnel.destination().awaitSession();
      tunnel.close();
      assertEquals(0, run.awaitExit(), run.err());
      List<String> lines = run.err().lines().toList();
      String object =
          "\\{\"time\":\"[-0-9]{10}T[:0-9]{8}\\.\\d{6}Z\",\"level\":\"(info|debug)\","
              + "\"thread\":\"[^\"]+\",\"message\":\".+\"\\}";
      assertTrue(lines.stream().allMatch(line -> line.matches(object)), run.err());
      assertTrue(
          run.err().contains("\"message\":\"Starting proxy in destination mode\"}"), run.err());
    }
  }

  @Test
  void aClosedTunnelEndsWith0() throws InterruptedException {
    Tunnel tunnel = tunnel(Mode.DESTINATION, "SSH1");
    try (LocalProxyProcess run = localProxy("-d", "22")) {
      tunnel.destination().awaitSession();
      tunnel.close();
      assertEquals(0, run.awaitExit(), run.err());
    }
  }

  @Test
  void aWebProxyThatCannotBeReachedIsSaidAndTriedAgain() throws IOException, InterruptedException {
    tunnel(Mode.SOURCE, "SSH1");
    int nobody = nobody();
    WebProxy webProxy =
        new WebProxy(
            WebProxy.Scheme.HTTP,
            new HostAndPort("127.0.0.1", nobody),
            Optional.of(Secrets.awkwardCredentials()));
    environment.put("HTTPS_PROXY", WebProxyVariable.of(webProxy));
    try (LocalProxyProcess run = localProxy("-s", "0")) {
      run.awaitLine("; connecting again in ");
      run.signal("TERM");
      assertEquals(0, run.awaitExit(), run.err());
      List<String> warnings = lines(run, "; connecting again in ");
      assertTrue(warnings.get(0).contains("127.0.0.1:" + nobody), warnings.get(0));
      assertTrue(warnings.get(0).contains("Connection refused"), warnings.get(0));
    }
  }

  private Tunnel tunnel(Mode mode, String... services) {
    Tunnel tunnel = service.openTunnel(services);
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", tunnel.end(mode).token());
    return tunnel;
  }

  /** A port where nobody listens. */
  private static int nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private LocalProxyProcess localProxy(String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("-e", service.address().toString(), "-c", ca.toString()));
    arguments.addAll(List.of(options));
    return LocalProxyProcess.start(environment, arguments.toArray(new String[0]));
  }

  private static String onlyFatalLine(LocalProxyProcess run) {
    List<String> lines = lines(run, " [fatal] ");
    assertEquals(1, lines.size(), run.err());
    return lines.get(0);
  }

  private static List<String> lines(LocalProxyProcess run, String containing) {
    return run.err().lines().filter(line -> line.contains(containing)).toList();
  }
}
