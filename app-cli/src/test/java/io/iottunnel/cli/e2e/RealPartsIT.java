package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.iottunnel.cli.LocalProxyProcess;
import io.iottunnel.cli.WebProxyVariable;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.emulator.TunnelEnd;
import io.iottunnel.testkit.real.RealWebProxy;
import io.iottunnel.testkit.real.Squid;
import io.iottunnel.testkit.real.SquidLogin;
import io.iottunnel.testkit.real.Sshd;
import io.iottunnel.testkit.secrets.Secrets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OpenSSH client, source, web proxy, service, web proxy, destination, OpenSSH server: everything
 * but the service is the real thing, and a process of its own. The two ends speak with the web
 * proxy by different libraries, so that each is seen with each web proxy. Skipped where a part is
 * not installed.
 */
class RealPartsIT {

  private static final Bulk BULK = Bulk.random(8, 4 << 20);

  private static ServiceEmulator service;
  private static Path ca;

  @BeforeAll
  static void startService(@TempDir Path directory) throws IOException {
    service = ServiceEmulator.start();
    ca = Files.writeString(directory.resolve("ca.pem"), service.ca().rootPem());
  }

  @AfterAll
  static void theJudgeFindsNothing() {
    service.close();
  }

  static List<RealWay> ways() {
    return RealWay.ALL;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  @Execution(ExecutionMode.CONCURRENT)
  void sshWorksThrough(RealWay way) throws Exception {
    require(Sshd.missing());
    require(way.missing().get());
    Tunnel tunnel = TunnelOwner.openTunnel(service, "SSH1");
    try (Site site = new Site(service)) {
      RealWebProxy webProxy = way.build().apply(site);
      site.tell(Map.of("HTTPS_PROXY", WebProxyVariable.withoutSlashes(webProxy.url())));
      sshWorks(site, tunnel);
      webProxy.awaitLogged("CONNECT " + service.address());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jetty", "httpclient"})
  void aPasswordThatSquidDoesNotTakeEndsWith4(String library) throws Exception {
    require(Squid.missing());
    Tunnel tunnel = TunnelOwner.openTunnel(service, "SSH1");
    try (Site site = new Site(service)) {
      Squid squid = site.keep(Squid.asking(SquidLogin.basic(site.user())).start());
      site.tell(
          Map.of(
              "HTTPS_PROXY",
              WebProxyVariable.of(
                  squid.url().withCredentials(Secrets.otherPassword(site.user())))));
      try (LocalProxyProcess source = start(site, tunnel.source(), library, "-s", "0")) {
        assertEquals(4, source.awaitExit(), source.err());
        assertTrue(source.err().contains("407"), source.err());
        assertTrue(source.err().contains("squid test"), source.err());
        assertEquals(
            1,
            squid.awaitLogged("TCP_DENIED/407").size(),
            "wrong credentials are sent once and never again");
      }
    }
  }

  private void sshWorks(Site site, Tunnel tunnel) throws Exception {
    try (Sshd sshd = Sshd.start();
        LocalProxyProcess destination =
            start(
                site,
                tunnel.destination(),
                "httpclient",
                "-d",
                "127.0.0.1:" + sshd.address().getPort());
        LocalProxyProcess source = start(site, tunnel.source(), "jetty", "-s", "0")) {
      destination.awaitLine("SSH1 = ");
      int port = source.port();

      Bulk hello = Bulk.of("hello from there\n".getBytes(StandardCharsets.UTF_8));
      hello.expect(ssh(sshd, port, Bulk.of(new byte[0]), "echo hello from there"));
      BULK.expect(ssh(sshd, port, BULK, "cat"));

      for (LocalProxyProcess end : List.of(source, destination)) {
        end.signal("TERM");
        assertEquals(0, end.awaitExit(), end.err());
      }
      assertEquals(1000, tunnel.source().awaitClose());
      assertEquals(1000, tunnel.destination().awaitClose());
    }
  }

  /** Runs a command by ssh, and returns what it printed. */
  private static byte[] ssh(Sshd sshd, int port, Bulk input, String command) throws Exception {
    Process client =
        new ProcessBuilder(sshd.client(port, command))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      CompletableFuture<Boolean> sending =
          Background.start(
              () -> {
                try (OutputStream out = client.getOutputStream()) {
                  input.writeTo(out);
                }
                return true;
              });
      CompletableFuture<byte[]> output =
          Background.start(() -> client.getInputStream().readAllBytes());
      byte[] received = output.get(LocalProxyProcess.LIMIT_SECONDS, TimeUnit.SECONDS);
      sending.get(LocalProxyProcess.LIMIT_SECONDS, TimeUnit.SECONDS);
      assertEquals(0, client.waitFor(), sshd::log);
      return received;
    } finally {
      client.destroyForcibly();
    }
  }

  private static LocalProxyProcess start(
      Site site, TunnelEnd end, String library, String... options) {
    Map<String, String> environment = new HashMap<>(site.environment());
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", end.token());
    List<String> arguments =
        new ArrayList<>(List.of("-e", service.address().toString(), "-c", ca.toString()));
    arguments.addAll(List.of("--connect-with", library, "-v", "6"));
    arguments.addAll(List.of(options));
    return LocalProxyProcess.start(environment, arguments.toArray(String[]::new));
  }

  private static void require(Optional<String> missing) {
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
  }
}
