package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.iottunnel.cli.LocalProxyProcess;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.emulator.TunnelEnd;
import io.iottunnel.testkit.real.Squid;
import io.iottunnel.testkit.real.Sshd;
import io.iottunnel.testkit.real.Tinyproxy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenSSH client, source, web proxy, service, web proxy, destination, OpenSSH server: everything
 * but the service is the real thing, and a process of its own. Skipped where a part is not
 * installed.
 */
class RealPartsIT {

  private static final Credentials USER = new Credentials("username", "S3cr3tPassw0rd");
  private static final Bulk BULK = Bulk.random(8, 8 << 20);

  private ServiceEmulator service;
  private Path ca;

  @BeforeEach
  void startService(@TempDir Path directory) throws IOException {
    service = ServiceEmulator.start();
    ca = Files.writeString(directory.resolve("ca.pem"), service.ca().rootPem());
  }

  @AfterEach
  void theJudgeFindsNothing() {
    service.close();
  }

  @Test
  void sshWorksThroughSquid() throws Exception {
    require(Sshd.missing());
    require(Squid.missing());
    try (Squid squid = Squid.start(USER, Map.of())) {
      sshWorksThrough(squid.url());
      assertTrue(squid.accessLog().contains("CONNECT " + service.address()), squid.accessLog());
    }
  }

  @Test
  void sshWorksThroughTinyproxy() throws Exception {
    require(Sshd.missing());
    require(Tinyproxy.missing());
    try (Tinyproxy tinyproxy = Tinyproxy.start(USER)) {
      sshWorksThrough(tinyproxy.url());
      assertTrue(tinyproxy.log().contains("CONNECT " + service.address()), tinyproxy.log());
    }
  }

  @Test
  void aPasswordThatSquidDoesNotTakeEndsWith4() throws Exception {
    require(Squid.missing());
    Tunnel tunnel = service.openTunnel("SSH1");
    Credentials wrong = new Credentials("username", "wr0ngPassw0rd");
    try (Squid squid = Squid.start(USER, Map.of());
        LocalProxyProcess source =
            start(with(squid.url(), wrong), tunnel.source(), "-s", "0", "-v", "255")) {
      assertEquals(4, source.awaitExit(), source.err());
      assertTrue(source.err().contains("407"), source.err());
      assertTrue(source.err().contains("squid test"), source.err());
      new Secrets().password(wrong).token(tunnel.source().token()).assertNoneIn(source);
      assertEquals(
          1,
          squid.accessLog().lines().filter(line -> line.contains("TCP_DENIED/407")).count(),
          "wrong credentials are sent once and never again");
    }
  }

  private void sshWorksThrough(WebProxy webProxy) throws Exception {
    Tunnel tunnel = service.openTunnel("SSH1");
    String url = with(webProxy, USER);
    try (Sshd sshd = Sshd.start();
        LocalProxyProcess destination =
            start(
                url,
                tunnel.destination(),
                "-d",
                "127.0.0.1:" + sshd.address().getPort(),
                "-v",
                "5");
        LocalProxyProcess source = start(url, tunnel.source(), "-s", "0", "-v", "5")) {
      destination.awaitLine("SSH1 = ");
      int port = source.port();

      Bulk hello = Bulk.of("hello from there\n".getBytes(StandardCharsets.UTF_8));
      hello.expect(ssh(sshd, port, Bulk.of(new byte[0]), "echo hello from there"));
      BULK.expect(ssh(sshd, port, BULK, "cat"));

      for (LocalProxyProcess end : List.of(source, destination)) {
        end.signal("TERM");
        assertEquals(0, end.awaitExit(), end.err());
        new Secrets()
            .password(USER)
            .token(tunnel.source().token())
            .token(tunnel.destination().token())
            .assertNoneIn(end);
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

  private LocalProxyProcess start(String webProxy, TunnelEnd end, String... arguments) {
    String[] all = new String[arguments.length + 4];
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    all[0] = "-e";
    all[1] = service.address().toString();
    all[2] = "-c";
    all[3] = ca.toString();
    return LocalProxyProcess.start(
        Map.of("AWSIOT_TUNNEL_ACCESS_TOKEN", end.token(), "HTTPS_PROXY", webProxy), all);
  }

  /** As AWS's documentation writes it: without slashes. */
  private static String with(WebProxy webProxy, Credentials user) {
    return "http:" + user.user() + ":" + user.password() + "@" + webProxy.address();
  }

  private static void require(Optional<String> missing) {
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
  }
}
