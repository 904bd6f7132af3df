package io.iottunnel.testkit.real;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.secrets.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The real parts do what end-to-end tests need of them; skipped where they are not installed. */
class RealPartsTest {

  private static final Credentials USER = Secrets.credentials();
  private static final Credentials STRANGER = Secrets.otherPassword(USER);

  @Test
  void squidCarriesWhoeverKnowsThePassword() throws IOException {
    require(Squid.missing());
    try (Squid squid =
        Squid.asking(SquidLogin.basic(USER)).hosts(Map.of("service.test", "127.0.0.1")).start()) {
      assertTunnel(squid.url(), "service.test");
      assertEquals("407", refusal(squid.url(), STRANGER));
    }
  }

  @Test
  void tinyproxyCarriesWhoeverKnowsThePassword() throws IOException {
    require(Tinyproxy.missing());
    try (Tinyproxy tinyproxy = Tinyproxy.start(USER)) {
      assertTunnel(tinyproxy.url(), "127.0.0.1");
      assertEquals("401", refusal(tinyproxy.url(), STRANGER));
      tinyproxy.awaitLogged("CONNECT 127.0.0.1");
    }
  }

  @Test
  void sshdRunsACommandForTheUser() throws IOException {
    require(Sshd.missing());
    try (Sshd sshd = Sshd.start()) {
      Process client =
          new ProcessBuilder(sshd.client(sshd.address().getPort(), "echo through && cat"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      client.getOutputStream().write("and back".getBytes(StandardCharsets.UTF_8));
      client.getOutputStream().close();
      CompletableFuture<byte[]> output =
          Background.start(() -> client.getInputStream().readAllBytes());

      assertEquals(
          "through\nand back",
          new String(Deadline.get(output, "the command's output"), StandardCharsets.UTF_8),
          sshd::log);
    }
  }

  private static void require(Optional<String> missing) {
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
  }

  /** A tunnel to a server here, by {@code name}, carries bytes both ways. */
  private static void assertTunnel(WebProxy proxy, String name) throws IOException {
    try (ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Peer client = dial(proxy)) {
      client.send(connect(name + ":" + target.getLocalPort(), proxy.credentials().orElseThrow()));
      try (Peer served = Peer.of(target.accept())) {
        assertEquals("200", status(client));
        served.send(new byte[] {1, 2, 3});
        assertArrayEquals(new byte[] {1, 2, 3}, client.receive(3));
        client.send(new byte[] {4, 5, 6});
        assertArrayEquals(new byte[] {4, 5, 6}, served.receive(3));
      }
    }
  }

  private static String refusal(WebProxy proxy, Credentials user) throws IOException {
    try (Peer client = dial(proxy)) {
      client.send(connect("127.0.0.1:9", user));
      return status(client);
    }
  }

  private static Peer dial(WebProxy proxy) throws IOException {
    return Peer.of(new Socket(InetAddress.getLoopbackAddress(), proxy.address().port()));
  }

  private static byte[] connect(String target, Credentials user) {
    byte[] pair = (user.user() + ":" + user.password()).getBytes(StandardCharsets.UTF_8);
    return "CONNECT %s HTTP/1.1\r\nHost: %s\r\nProxy-Authorization: Basic %s\r\n\r\n"
        .formatted(target, target, Base64.getEncoder().encodeToString(pair))
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads the head of an answer to its end; the status code. */
  private static String status(Peer client) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) client.receive(1)[0]);
    }
    return head.substring("HTTP/1.x ".length(), "HTTP/1.x 407".length());
  }
}
