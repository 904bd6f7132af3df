package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.LocalProxyProcess;
import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iotsecuretunneling.model.ConnectionStatus;
import software.amazon.awssdk.services.iotsecuretunneling.model.ResourceNotFoundException;
import software.amazon.awssdk.services.iotsecuretunneling.model.Tunnel;

/**
 * The whole life of a tunnel as its owner leads it, with the AWS SDK, and two local proxies as
 * processes.
 */
class OwnedTunnelIT {

  private ServiceEmulator service;
  private TunnelOwner owner;
  private Application application;
  private Path ca;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    service = ServiceEmulator.start();
    owner = TunnelOwner.of(service);
    application = Application.echo();
    ca = Files.writeString(directory.resolve("ca.pem"), service.ca().rootPem());
  }

  @AfterEach
  void stop() {
    application.close();
    owner.close();
    service.close();
  }

  @Test
  void aTunnelThatIsClosedEndsBothWith0() throws Exception {
    TunnelOwner.Opened tunnel = owner.open("SSH1");
    try (LocalProxyProcess destination = start(tunnel, Mode.DESTINATION);
        LocalProxyProcess source = start(tunnel, Mode.SOURCE)) {
      carriesData(source, destination);
      Tunnel described =
          owner.client().describeTunnel(request -> request.tunnelId(tunnel.id())).tunnel();
      assertEquals(ConnectionStatus.CONNECTED, described.sourceConnectionState().status());
      assertEquals(ConnectionStatus.CONNECTED, described.destinationConnectionState().status());

      owner.close(tunnel);

      for (LocalProxyProcess end : List.of(source, destination)) {
        assertEquals(0, end.awaitExit(), end.err());
        assertTrue(end.err().contains("The tunnel is closed"), end.err());
      }
    }
  }

  @Test
  void aTokenThatIsRotatedEndsTheOldWith3AndTheNewOneWorks() throws Exception {
    TunnelOwner.Opened tunnel = owner.open("SSH1");
    TunnelOwner.Opened rotated;
    try (LocalProxyProcess destination = start(tunnel, Mode.DESTINATION);
        LocalProxyProcess source = start(tunnel, Mode.SOURCE)) {
      carriesData(source, destination);

      rotated = owner.rotate(tunnel);

      for (LocalProxyProcess end : List.of(source, destination)) {
        assertEquals(3, end.awaitExit(), end.err());
        assertTrue(end.err().contains("Token is revoked"), end.err());
      }
    }
    try (LocalProxyProcess late = start(tunnel, Mode.SOURCE)) {
      assertEquals(3, late.awaitExit(), late.err());
    }
    try (LocalProxyProcess destination = start(rotated, Mode.DESTINATION);
        LocalProxyProcess source = start(rotated, Mode.SOURCE)) {
      carriesData(source, destination);
    }
  }

  @Test
  void tunnelsAreListedAndWhatIsNotThereIsNotFound() {
    TunnelOwner.Opened first = owner.open("SSH1");
    TunnelOwner.Opened second = owner.open("WEB");
    assertEquals(List.of(second.id(), first.id()), owner.openTunnels());
    owner.close(second);
    assertEquals(List.of(first.id()), owner.openTunnels());
    assertThrows(
        ResourceNotFoundException.class,
        () -> owner.client().describeTunnel(request -> request.tunnelId("none")));
  }

  private LocalProxyProcess start(TunnelOwner.Opened tunnel, Mode mode) {
    return LocalProxyProcess.start(
        Map.of("AWSIOT_TUNNEL_ACCESS_TOKEN", tunnel.token(mode), "SSL_CERT_FILE", ca.toString()),
        "-e",
        service.address().toString(),
        mode == Mode.SOURCE ? "-s" : "-d",
        mode == Mode.SOURCE ? "0" : application.endpoint().toString());
  }

  private static void carriesData(LocalProxyProcess source, LocalProxyProcess destination)
      throws Exception {
    destination.awaitLine("SSH1 = ");
    try (Peer client = Peer.of(new Socket(InetAddress.getLoopbackAddress(), source.port()))) {
      byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
      client.send(hello);
      assertEquals("hello", new String(client.receive(hello.length), StandardCharsets.UTF_8));
    }
  }
}
