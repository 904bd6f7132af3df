package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsIT {

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
  @ValueSource(strings = {"TERM", "INT", "HUP"})
  void aSignalClosesTheSessionAndEndsWith0(String signal) throws Exception {
    Tunnel tunnel = service.openTunnel("SSH1");
    try (LocalProxyProcess run =
        LocalProxyProcess.start(
            token(tunnel), "-e", service.address().toString(), "-c", ca.toString(), "-s", "0")) {
      run.awaitLine("Listening for new connection on port ");
      run.signal(signal);
      assertEquals(0, run.awaitExit(), run.err());
      tunnel.source().awaitNoSession();
      assertTrue(run.err().contains("[info] Stopped"), run.err());
    }
  }

  @Test
  void aClosedStandardErrorDoesNoHarm() throws Exception {
    Tunnel tunnel = service.openTunnel("SSH1");
    String command =
        "exec '%s' -e %s -c '%s' -s 0 2>&-"
            .formatted(LocalProxyProcess.launcher(), service.address(), ca);
    try (LocalProxyProcess run =
        LocalProxyProcess.run(token(tunnel), List.of("sh", "-c", command))) {
      tunnel.source().awaitSession();
      run.signal("TERM");
      assertEquals(0, run.awaitExit());
    }
  }

  private static Map<String, String> token(Tunnel tunnel) {
    return Map.of("AWSIOT_TUNNEL_ACCESS_TOKEN", tunnel.source().token());
  }
}
