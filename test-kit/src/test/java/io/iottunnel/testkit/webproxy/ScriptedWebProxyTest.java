package io.iottunnel.testkit.webproxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.UnusedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the contracts do not show of scripted web proxies: relaying, and speaking as scripted. */
class ScriptedWebProxyTest {

  @Test
  void aRouteLeadsToARealServerAndEachEndOfFileGoesThrough() throws IOException {
    try (ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ScriptedWebProxy proxy = routing(target);
        Peer client = dial(proxy)) {
      client.send(connect("service.test:443"));
      assertEquals(Script.OPENED, text(client.receive(Script.OPENED.length())));
      try (Peer served = Peer.of(target.accept())) {
        client.send(new byte[] {1, 2});
        client.finish();
        assertArrayEquals(new byte[] {1, 2}, served.receiveAll());
        served.send(new byte[] {3});
        served.finish();
        assertArrayEquals(new byte[] {3}, client.receiveAll());
      }
    }
  }

  @Test
  void aResetGoesThroughToo() throws IOException {
    try (ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ScriptedWebProxy proxy = routing(target);
        Peer client = dial(proxy)) {
      client.send(connect("service.test:443"));
      client.receive(Script.OPENED.length());
      Peer.of(target.accept()).reset();

      assertThrows(SocketException.class, client::receiveAll);
    }
  }

  @Test
  void aTargetWithoutARouteIsABadGateway() throws IOException {
    try (ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ScriptedWebProxy proxy = routing(target);
        Peer client = dial(proxy)) {
      client.send(connect("elsewhere.test:443"));
      client.finish();

      assertTrue(text(client.receiveAll()).startsWith("HTTP/1.1 502 "), "a bad gateway");
    }
  }

  @Test
  void basicAsksAgainOnTheSameConnectionAndRemembersWhatItWasTold() throws IOException {
    try (ScriptedWebProxy proxy =
            ScriptedWebProxy.playing(Script.basic(new Credentials("user", "secret")));
        Peer client = dial(proxy)) {
      String unauthorized = Script.unauthorized("Basic realm=\"test realm\"");
      client.send(connect("service.test:443"));
      assertEquals(unauthorized, text(client.receive(unauthorized.length())));
      client.send(connect("service.test:443", "Proxy-Authorization: Basic dXNlcjpzZWNyZXQ="));
      assertEquals(Script.OPENED, text(client.receive(Script.OPENED.length())));

      assertEquals(1, proxy.connections());
      assertEquals(2, proxy.requests().size());
      assertEquals(List.of("Basic dXNlcjpzZWNyZXQ="), proxy.authorizations());
    }
  }

  @Test
  void whatIsNoRequestIsABadOne() throws IOException {
    try (ScriptedWebProxy proxy = ScriptedWebProxy.working();
        Peer client = dial(proxy)) {
      client.send(new byte[] {0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5});
      client.finish();

      assertTrue(text(client.receiveAll()).startsWith("HTTP/1.1 400 "), "a bad request");
      assertEquals(List.of(), proxy.requests());
    }
  }

  @Test
  void nothingIsLeftAfterClose() throws IOException {
    ScriptedWebProxy proxy = ScriptedWebProxy.playing(Script.silent());
    try (Peer client = dial(proxy)) {
      proxy.awaitConnections(1);
      proxy.close();

      assertThrows(SocketException.class, client::receiveAll);
      UnusedPort.awaitRefusal(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
    }
  }

  private static ScriptedWebProxy routing(ServerSocket target) {
    return ScriptedWebProxy.builder()
        .route("service.test:443", (InetSocketAddress) target.getLocalSocketAddress())
        .start();
  }

  private static Peer dial(ScriptedWebProxy proxy) throws IOException {
    return Peer.of(new Socket(InetAddress.getLoopbackAddress(), proxy.port()));
  }

  private static byte[] connect(String target, String... headers) {
    String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return "CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
        .formatted(target, target, lines)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
