package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.iottunnel.cli.LocalProxyProcess;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.emulator.TunnelEnd;
import io.iottunnel.testkit.real.Sshd;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source whose one client is its standard input and output, as a process of its own. */
class StdioIT {

  private static final ServiceId SSH = new ServiceId("SSH1");
  private static final ServiceId WEB = new ServiceId("WEB");
  private static final Bulk REQUEST = Bulk.of("request".getBytes(StandardCharsets.UTF_8));
  private static final Bulk BULK = Bulk.random(3, 8 << 20);

  private final Map<String, String> environment = new HashMap<>();
  private ServiceEmulator service;
  private Tunnel tunnel;
  @TempDir private Path directory;

  @BeforeEach
  void openTunnel() throws IOException {
    service = ServiceEmulator.start();
    tunnel = TunnelOwner.openTunnel(service, "SSH1");
    Path ca = Files.writeString(directory.resolve("ca.pem"), service.ca().rootPem());
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", tunnel.source().token());
    environment.put("SSL_CERT_FILE", ca.toString());
  }

  @AfterEach
  void theJudgeFindsNothing() {
    service.close();
  }

  @Test
  void everyByteArrivesBothWaysAtOnceAndNothingElseIsOnStandardOutput() throws Exception {
    Bulk other = Bulk.random(4, 8 << 20);
    try (Application application = Application.that(peer -> Bulk.exchange(peer, other, BULK));
        End destination = destination(application);
        LocalProxyProcess source = start("--stdio", "-v", "5");
        Peer stdio = source.stdio()) {
      destination.watch().awaitMapped();
      CompletableFuture<Boolean> sending = sending(BULK, stdio);
      other.expectAllFrom(stdio);
      Deadline.get(sending, "sending");

      assertEquals(0, source.awaitExit(), source.err());
      assertTrue(
          source.err().startsWith("Running AWS IoT Secure Tunneling Local Proxy version: "),
          source.err());
      assertTrue(source.err().contains("The connection is over"), source.err());
    }
  }

  @Test
  void aRequestThatEndsWithTheInputGetsItsAnswer() throws Exception {
    try (Application application =
            Application.that(
                peer -> {
                  REQUEST.expectFrom(peer);
                  BULK.sendTo(peer);
                });
        End destination = destination(application);
        LocalProxyProcess source = start("--stdio=SSH1", "-m", "src");
        Peer stdio = source.stdio()) {
      destination.watch().awaitMapped();
      REQUEST.sendTo(stdio);
      stdio.finish();
      BULK.expectAllFrom(stdio);
      assertEquals(0, source.awaitExit(), source.err());
    }
  }

  @Test
  void anApplicationThatEndsEndsItAlthoughTheInputGoesOn() throws Exception {
    try (Application application = Application.that(BULK::sendTo);
        End destination = destination(application);
        LocalProxyProcess source = start("--stdio");
        Peer stdio = source.stdio()) {
      destination.watch().awaitMapped();
      BULK.expectAllFrom(stdio);
      assertEquals(0, source.awaitExit(), source.err());
    }
  }

  @Test
  void anOutputThatNobodyReadsAnyMoreEndsIt() throws Exception {
    try (Application application = Application.that(StdioIT::sendForEver);
        End destination = destination(application);
        LocalProxyProcess source = start("--stdio");
        Peer stdio = source.stdio()) {
      destination.watch().awaitMapped();
      assertEquals(1000, stdio.receive(1000).length);
      stdio.reset();
      assertEquals(0, source.awaitExit(), source.err());
    }
  }

  @Test
  void anOutputThatIsNotReadStopsTheApplicationAndMemoryStaysBounded() throws Exception {
    Bulk many = Bulk.random(5, 64 << 20);
    AtomicLong sent = new AtomicLong();
    Path settings =
        Files.writeString(
            directory.resolve("settings.json"),
            "{\"tunneling\": {\"proxy\": {\"websocket\": {\"ping_period_ms\": 200}}}}");
    environment.put("LOCALPROXY_JAVA_OPTS", "-Xmx32m");
    try (Application application =
            Application.that(peer -> many.writeTo(new CountingOutput(peer.out(), sent)));
        End destination = destination(application);
        LocalProxyProcess source = start("--stdio", "--settings-json", settings.toString());
        Peer stdio = source.stdio()) {
      destination.watch().awaitMapped();
      assertEquals(1, stdio.receive(1).length);
      tunnel.source().awaitPings(tunnel.source().pings() + 5);
      assertTrue(sent.get() < many.size() / 2, "bounds and socket buffers, not " + sent);

      assertEquals(many.size() - 1, stdio.receiveAll().length);
      assertEquals(0, source.awaitExit(), source.err());
    }
  }

  @Test
  void ofSeveralServicesOneIsServed() throws Exception {
    tunnel = TunnelOwner.openTunnel(service, "SSH1", "WEB");
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", tunnel.source().token());
    try (Application ssh = Application.that(peer -> {});
        Application web = Application.that(REQUEST::sendTo);
        End destination =
            End.start(
                service,
                tunnel.destination(),
                b -> b.mapping(Map.of(SSH, ssh.endpoint(), WEB, web.endpoint())));
        LocalProxyProcess source = start("--stdio=WEB");
        Peer stdio = source.stdio()) {
      destination.watch().awaitMapped();
      REQUEST.expectAllFrom(stdio);
      assertEquals(0, source.awaitExit(), source.err());
    }
  }

  @Test
  void aServiceThatTheTunnelLacksEndsWith5() throws Exception {
    try (LocalProxyProcess source = start("--stdio=WEB")) {
      assertEquals(5, source.awaitExit(), source.err());
      assertTrue(source.err().contains("WEB"), source.err());
    }
  }

  @Test
  void aSessionThatIsLostEndsWith8() throws Exception {
    try (Application application = Application.that(StdioIT::listenForEver);
        End destination = destination(application);
        LocalProxyProcess source = start("--stdio");
        Peer stdio = source.stdio()) {
      destination.watch().awaitMapped();
      Deadline.get(sending(REQUEST, stdio), "sending");
      destination.watch().awaitReceived(REQUEST.size());
      tunnel.source().cut(TunnelEnd.Cut.RST);
      assertEquals(8, source.awaitExit(), source.err());
      assertTrue(source.err().contains("The session is lost"), source.err());
    }
  }

  @Test
  void sshWorksThroughItAsAProxyCommand() throws Exception {
    assumeTrue(Sshd.missing().isEmpty(), () -> Sshd.missing().orElse(""));
    try (Sshd sshd = Sshd.start();
        End destination =
            End.start(
                service,
                tunnel.destination(),
                b -> b.mapping(Map.of(SSH, Endpoint.tcp("127.0.0.1", sshd.address().getPort()))))) {
      destination.watch().awaitMapped();
      String proxyCommand =
          "'%s' -e %s --stdio".formatted(LocalProxyProcess.launcher(), service.address());
      ProcessBuilder ssh = new ProcessBuilder(sshd.clientThrough(proxyCommand, "cat"));
      ssh.environment().putAll(environment);
      Process client = ssh.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (Peer stdio = Peer.of(client.getInputStream(), client.getOutputStream())) {
        CompletableFuture<byte[]> received = Background.start(stdio::receiveAll);
        CompletableFuture<Boolean> sending = sending(BULK, stdio);
        assertTrue(sending.get(LocalProxyProcess.LIMIT_SECONDS, TimeUnit.SECONDS));
        stdio.finish();
        BULK.expect(received.get(LocalProxyProcess.LIMIT_SECONDS, TimeUnit.SECONDS));
        assertEquals(0, client.waitFor(), sshd::log);
      } finally {
        client.destroyForcibly();
      }
    }
  }

  private LocalProxyProcess start(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "-e";
    all[1] = service.address().toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return LocalProxyProcess.startForStdio(environment, all);
  }

  private End destination(Application application) {
    return End.start(
        service, tunnel.destination(), b -> b.mapping(Map.of(SSH, application.endpoint())));
  }

  private static CompletableFuture<Boolean> sending(Bulk bulk, Peer peer) {
    return Background.start(
        () -> {
          bulk.sendTo(peer);
          peer.out().flush();
          return true;
        });
  }

  private static void sendForEver(Peer peer) throws IOException {
    byte[] some = new byte[10_000];
    while (true) {
      peer.send(some);
    }
  }

  private static void listenForEver(Peer peer) throws IOException {
    peer.awaitEnd();
  }

  /** Counts what was taken. */
  private static final class CountingOutput extends OutputStream {
    private final OutputStream out;
    private final AtomicLong count;

    CountingOutput(OutputStream out, AtomicLong count) {
      this.out = out;
      this.count = count;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      count.addAndGet(length);
    }
  }
}
