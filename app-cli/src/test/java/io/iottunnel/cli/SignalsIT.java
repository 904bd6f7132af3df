package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.wire.MessageType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsIT {

  /** What ends a local proxy, by the numbers of signal(7). */
  enum Signal {
    HUP(1),
    INT(2),
    TERM(15);

    private static final Path STATUS = Path.of("/proc/self/status");

    private final int number;

    Signal(int number) {
      this.number = number;
    }

    /** Whether processes that are started here inherit that it is ignored; only Linux tells. */
    boolean isIgnoredHere() throws IOException {
      if (!Files.exists(STATUS)) {
        return false;
      }
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
          .anyMatch(mask -> (mask >>> (number - 1) & 1) == 1);
    }
  }

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
  @EnumSource
  void aSignalClosesTheSessionAndEndsWith0(Signal signal) throws Exception {
    assumeFalse(
        signal.isIgnoredHere(), "ignored by what runs the tests, as nohup does, and so by theirs");
    Tunnel tunnel = service.openTunnel("SSH1");
    try (LocalProxyProcess run = start(tunnel)) {
      run.awaitLine("Listening for new connection on port ");
      run.signal(signal.name());
      assertEquals(0, run.awaitExit(), run.err());
      tunnel.source().awaitNoSession();
      assertTrue(run.err().contains("[info] Stopped"), run.err());
    }
  }

  @Test
  void noUnixSocketIsLeftBehind() throws Exception {
    Path socket = ca.resolveSibling("source.sock");
    Tunnel tunnel = service.openTunnel("SSH1");
    try (LocalProxyProcess run =
        LocalProxyProcess.start(
            token(tunnel),
            "-e",
            service.address().toString(),
            "-c",
            ca.toString(),
            "-s",
            socket.toString())) {
      run.awaitLine("Listening for new connection on " + socket);
      assertTrue(Files.exists(socket));
      endsInOrder(run);
      assertFalse(Files.exists(socket));
    }
  }

  @Test
  void aSecondSignalChangesNothing() throws Exception {
    Tunnel tunnel = service.openTunnel("SSH1");
    try (LocalProxyProcess run = start(tunnel);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), run.port())) {
      tunnel.source().awaitMessage(MessageType.STREAM_START);
      run.signal("TERM");
      run.signal("INT");
      run.signal("TERM");
      assertEquals(0, run.awaitExit(), run.err());
      assertEquals(1000, tunnel.source().awaitClose());
      assertTrue(client.isConnected());
    }
  }

  @Test
  void nobodyKeepsItFromEndingWithin2Seconds() throws Exception {
    Tunnel tunnel = service.openTunnel("SSH1");
    try (LocalProxyProcess run = start(tunnel);
        Socket stuck = new Socket(InetAddress.getLoopbackAddress(), run.port())) {
      tunnel.source().awaitMessage(MessageType.STREAM_START);
      tunnel.source().goSilent();
      long before = System.nanoTime();
      run.signal("TERM");
      assertEquals(0, run.awaitExit(), run.err());
      long millis = (System.nanoTime() - before) / 1_000_000;
      assertTrue(millis < 3_800, millis + " ms, a busy machine's own time among them");
      assertEquals(1000, tunnel.source().awaitClose(), "the close frame left, unanswered");
      assertTrue(stuck.isConnected());
    }
  }

  @Test
  void usr1OpensANewSessionAndTheListenerStays() throws Exception {
    Tunnel tunnel = service.openTunnel("SSH1");
    try (LocalProxyProcess run = start(tunnel)) {
      int port = run.port();
      run.signal("USR1");
      assertEquals(1000, tunnel.source().awaitClose());
      tunnel.source().awaitSessions(2);
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        tunnel.source().awaitMessage(MessageType.STREAM_START);
        assertTrue(client.isConnected());
      }
      endsInOrder(run);
    }
  }

  @Test
  void usr1CutsADelayShort(@TempDir Path directory) throws Exception {
    Path settings =
        Files.writeString(
            directory.resolve("settings.json"),
            "{\"tunneling\": {\"proxy\": {\"websocket\": {\"retry_delay_ms\": 3600000}}}}");
    Tunnel tunnel = service.openTunnel("SSH1");
    service.refuseNextUpgrades(1, 503);
    try (LocalProxyProcess run = start(tunnel, "--settings-json", settings.toString())) {
      run.awaitLine("; connecting again in ");
      run.signal("USR1");
      run.port();
      endsInOrder(run);
    }
  }

  @Test
  void usr1AtTheVeryBeginningIsNotTheEnd() throws Exception {
    Tunnel tunnel = service.openTunnel("SSH1");
    try (LocalProxyProcess run = start(tunnel)) {
      run.awaitLine("Starting proxy in source mode");
      run.signal("USR1");
      run.port();
      endsInOrder(run);
    }
  }

  @Test
  void aPipeThatNobodyReadsIsNoReasonToEnd() throws Exception {
    Tunnel tunnel = service.openTunnel("SSH1");
    try (LocalProxyProcess run = start(tunnel)) {
      run.port();
      run.signal("PIPE");
      run.signal("USR1");
      tunnel.source().awaitSessions(2);
      endsInOrder(run);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2>&-", "1>&-", "1>&- 2>&-", "0<&- 1>&- 2>&-"})
  void closedStandardStreamsDoNoHarm(String redirection) throws Exception {
    Tunnel tunnel = service.openTunnel("SSH1");
    String command =
        "exec '%s' -e %s -c '%s' -s 0 %s"
            .formatted(LocalProxyProcess.launcher(), service.address(), ca, redirection);
    try (LocalProxyProcess run =
        LocalProxyProcess.run(token(tunnel), List.of("sh", "-c", command))) {
      tunnel.source().awaitSession();
      run.signal("TERM");
      assertEquals(0, run.awaitExit());
    }
  }

  private LocalProxyProcess start(Tunnel tunnel, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("-e", service.address().toString(), "-c", ca.toString(), "-s", "0"));
    arguments.addAll(List.of(more));
    return LocalProxyProcess.start(token(tunnel), arguments.toArray(new String[0]));
  }

  private static void endsInOrder(LocalProxyProcess run) throws Exception {
    run.signal("TERM");
    assertEquals(0, run.awaitExit(), run.err());
  }

  private static Map<String, String> token(Tunnel tunnel) {
    return Map.of("AWSIOT_TUNNEL_ACCESS_TOKEN", tunnel.source().token());
  }
}
