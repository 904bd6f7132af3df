package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.LocalProxyProcess;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.ServiceMapping;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.emulator.TunnelEnd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form in which a local end can be given, at work. */
class PortsIT {

  private static final ServiceId SSH = new ServiceId("SSH1");
  private static final ServiceId WEB = new ServiceId("WEB");
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

  private ServiceEmulator service;

  @TempDir private Path directory;

  @BeforeEach
  void start() {
    service = ServiceEmulator.start();
  }

  @AfterEach
  void theJudgeFindsNothing() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "127.0.0.1:0", "[::1]:0", "127.0.0.2:0", "SSH1=localhost:0"})
  void aSourceListensWhereItIsTold(String listeners) throws IOException {
    Tunnel tunnel = TunnelOwner.openTunnel(service, "SSH1");
    try (Application application = Application.echo();
        End destination = destination(tunnel, application.endpoint().toString());
        End source = source(tunnel, listeners)) {
      destination.watch().awaitMapped();
      int port = source.watch().port(SSH);
      assertNotEquals(0, port);
      String host = listeners.replaceAll("^SSH1=|:0$", "");
      try (Socket client = new Socket(host.equals("0") ? "localhost" : host, port)) {
        isEchoed(Peer.of(client));
      }
    }
  }

  @Test
  void aSourceListensAtAUnixSocketAndRemovesItAtTheEnd() throws IOException {
    Path path = directory.resolve("source");
    Tunnel tunnel = TunnelOwner.openTunnel(service, "SSH1");
    try (Application application = Application.echo();
        End destination = destination(tunnel, application.endpoint().toString())) {
      destination.watch().awaitMapped();
      try (End source = source(tunnel, path.toString())) {
        source.watch().port(SSH);
        try (Peer client = Peer.of(SocketChannel.open(UnixDomainSocketAddress.of(path)))) {
          isEchoed(client);
        }
      }
      assertFalse(Files.exists(path));
    }
  }

  @Test
  void aDestinationConnectsToAUnixSocket() throws IOException {
    Path path = directory.resolve("application");
    try (ServerSocketChannel application = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      application.bind(UnixDomainSocketAddress.of(path));
      isReached("SSH1=" + path, () -> echoOnce(Peer.of(application.accept())));
    }
  }

  @Test
  void aDestinationConnectsByIpv6() throws IOException {
    try (ServerSocket application = new ServerSocket(0, 10, ipv6Loopback())) {
      isReached(
          "[::1]:" + application.getLocalPort(), () -> echoOnce(Peer.of(application.accept())));
    }
  }

  private void isReached(String application, Callable<Boolean> echo) throws IOException {
    Tunnel tunnel = TunnelOwner.openTunnel(service, "SSH1");
    CompletableFuture<Boolean> conversation = Background.start(echo);
    try (End destination = destination(tunnel, application);
        End source = source(tunnel, "0")) {
      destination.watch().awaitMapped();
      try (Peer client = source.client(SSH)) {
        isEchoed(client);
      }
      Deadline.get(conversation, "the application's end");
    }
  }

  @Test
  void aSourceWithoutAMappingKeepsTheFreePortsThatItPicked() throws IOException {
    Tunnel tunnel = TunnelOwner.openTunnel(service, "SSH1", "WEB");
    try (Application application = Application.echo();
        End destination =
            destination(tunnel, "SSH1=%1$s,WEB=%1$s".formatted(application.endpoint().toString()));
        End source = End.start(service, tunnel.source(), b -> {})) {
      destination.watch().awaitMapped();
      int ssh = source.watch().port(SSH);
      int web = source.watch().port(WEB);
      assertNotEquals(ssh, web);

      tunnel.source().cut(TunnelEnd.Cut.RST);
      tunnel.source().awaitSessions(2);
      source.watch().await(1, "mapped {SSH1=localhost:%d, WEB=localhost:%d}".formatted(ssh, web));

      for (int port : new int[] {ssh, web}) {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
          isEchoed(Peer.of(client));
        }
      }
      assertEquals(2, source.watch().listenings().size());
    }
  }

  @Test
  void aPortThatBecomesFreeIsTaken() throws IOException {
    Tunnel tunnel = TunnelOwner.openTunnel(service, "SSH1");
    ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    try (End source =
        End.start(
            service,
            tunnel.source(),
            b ->
                b.mapping(listeners("127.0.0.1:" + other.getLocalPort()))
                    .settings(End.QUICK.change().localRetries(1_000).build()))) {
      source.watch().await(2, "warned: cannot listen on 127.0.0.1:" + other.getLocalPort());
      other.close();
      assertEquals(other.getLocalPort(), source.watch().port(SSH));
    }
  }

  @Test
  void theBindAddressIsUsedInBothModes() throws Exception {
    Tunnel tunnel = TunnelOwner.openTunnel(service, "SSH1");
    Path ca = Files.writeString(directory.resolve("ca.pem"), service.ca().rootPem());
    try (ServerSocket application = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        LocalProxyProcess destination =
            start(
                tunnel.destination(),
                ca,
                "-d",
                "127.0.0.1:" + application.getLocalPort(),
                "-b",
                "127.0.0.2");
        LocalProxyProcess source = start(tunnel.source(), ca, "-s", "0", "-b", "127.0.0.3")) {
      destination.awaitLine("SSH1 = ");
      try (Socket client = new Socket("127.0.0.3", source.port())) {
        CompletableFuture<String> from =
            Background.start(
                () -> {
                  try (Socket accepted = application.accept()) {
                    return accepted.getInetAddress().getHostAddress();
                  }
                });
        assertEquals("127.0.0.2", Deadline.get(from, "a connection to the application"));
        assertTrue(client.isConnected());
      }
      assertTrue(source.err().contains("[info] SSH1 = 127.0.0.3:" + source.port()), source.err());
    }
  }

  private LocalProxyProcess start(TunnelEnd end, Path ca, String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "-e";
    all[1] = service.address().toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return LocalProxyProcess.start(
        Map.of("AWSIOT_TUNNEL_ACCESS_TOKEN", end.token(), "SSL_CERT_FILE", ca.toString()), all);
  }

  private End source(Tunnel tunnel, String listeners) {
    return End.start(service, tunnel.source(), b -> b.mapping(listeners(listeners)));
  }

  private End destination(Tunnel tunnel, String applications) {
    return End.start(
        service,
        tunnel.destination(),
        b -> b.mapping(ServiceMapping.ofApplications(applications, "-d").endpoints()));
  }

  private static Map<ServiceId, Endpoint> listeners(String text) {
    return ServiceMapping.ofListeners(text, "-s", "localhost").endpoints();
  }

  private static InetAddress ipv6Loopback() throws IOException {
    byte[] address = new byte[16];
    address[15] = 1;
    return InetAddress.getByAddress(address);
  }

  private static boolean echoOnce(Peer peer) throws IOException {
    try (peer) {
      peer.in().transferTo(peer.out());
      return true;
    }
  }

  private static void isEchoed(Peer client) throws IOException {
    client.send(HELLO);
    assertArrayEquals(HELLO, client.receive(HELLO.length));
  }
}
