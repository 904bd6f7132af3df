package io.iottunnel.testkit.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.websocket.Chop;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceEmulatorTest {

  private static final String CLIENT_TOKEN = "client-token: 0123456789abcdef0123456789abcdef";
  private static final String OTHER_CLIENT_TOKEN = "client-token: ffffffffffffffffffffffffffffffff";

  private static Message start(String service, int stream, int connection) {
    return Message.of(MessageType.STREAM_START, service, stream, connection);
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  @Test
  void theServicesAreToldFirstAndDataIsRelayedBothWays() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start()) {
      Tunnel tunnel = service.openTunnel("SSH1", "WEB");
      try (RawClient source = RawClient.upgrade(service, tunnel.source());
          RawClient destination = RawClient.upgrade(service, tunnel.destination())) {
        assertEquals(Message.serviceIds(List.of("SSH1", "WEB")), source.receive());
        assertEquals(Message.serviceIds(List.of("SSH1", "WEB")), destination.receive());
        tunnel.source().awaitSession();
        tunnel.destination().awaitSession();

        source.send(start("WEB", 1, 1));
        source.sendTogether(
            Message.data("WEB", 1, 1, bytes("GET")), Message.data("WEB", 1, 1, bytes(" /")));
        assertEquals(start("WEB", 1, 1), destination.receive());
        assertEquals(Message.data("WEB", 1, 1, bytes("GET")), destination.receive());
        assertEquals(Message.data("WEB", 1, 1, bytes(" /")), destination.receive());

        destination.send(Message.data("WEB", 1, 1, bytes("200")));
        assertEquals(Message.data("WEB", 1, 1, bytes("200")), source.receive());
        assertEquals(5, tunnel.source().payloadBytes());
        assertEquals(3, tunnel.source().messages().size());
        assertEquals(1, tunnel.destination().messageCount());
      }
    }
  }

  @Test
  void theAnswerNamesTheChannelAndTheSubprotocol() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start()) {
      Tunnel tunnel = service.openTunnel();
      try (RawClient client = RawClient.upgrade(service, tunnel.source(), CLIENT_TOKEN)) {
        Handshake seen = service.awaitHandshake(1);

        assertTrue(client.head().startsWith("HTTP/1.1 101 "));
        assertTrue(client.head().contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
        assertTrue(client.head().contains("channel-id: " + seen.channelId()));
        assertTrue(client.head().contains("Sec-WebSocket-Protocol: aws.iot.securetunneling-3.0"));
        assertEquals(101, seen.status());
        assertEquals(tunnel.source().token(), seen.accessToken().orElseThrow());
        assertEquals(CLIENT_TOKEN, "client-token: " + seen.clientToken().orElseThrow());
        assertEquals(Message.serviceIds(List.of()), client.receive());
        assertFalse(seen.toString().contains(tunnel.source().token()));
      }
    }
  }

  @Test
  void aSpentTokenIsRefusedUnlessItsClientTokenCameWithIt() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start()) {
      TunnelEnd without = service.openTunnel("A").source();
      RawClient.session(service, without).close();
      assertRefused(service, without, "previously used");

      TunnelEnd with = service.openTunnel("A").source();
      RawClient.session(service, with, CLIENT_TOKEN).close();
      RawClient.session(service, with, CLIENT_TOKEN).close();
      with.awaitNoSession();
      assertRefused(service, with, "previously used");
      assertEquals(2, with.sessions());

      assertRefused(service, with, "previously used", OTHER_CLIENT_TOKEN);
      assertEquals(1, service.takeBreaches(Rule.CLIENT_TOKEN_CONSTANT).size());
    }
  }

  private static void assertRefused(
      ServiceEmulator service, TunnelEnd end, String text, String... moreLines) throws IOException {
    try (RawClient client = RawClient.upgrade(service, end, moreLines)) {
      assertTrue(client.head().startsWith("HTTP/1.1 400 "), client.head());
      assertTrue(client.head().contains("channel-id: "), client.head());
      int length =
          Integer.parseInt(client.head().replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
      assertTrue(client.body(length).contains(text));
    }
  }

  @Test
  void unknownTokensAndTheWrongModeAreRefused() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start();
        RawClient unknown = RawClient.connect(service);
        RawClient wrongMode = RawClient.connect(service)) {
      String answer = unknown.request(RawClient.upgradeRequest(Mode.SOURCE, "nobody-knows-me"));
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);

      String token = service.openTunnel().source().token();
      answer = wrongMode.request(RawClient.upgradeRequest(Mode.DESTINATION, token));
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }
  }

  @Test
  void theCodeWithWhichAClientClosesIsKnown() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start()) {
      TunnelEnd end = service.openTunnel("SSH1").source();
      try (RawClient client = RawClient.session(service, end, CLIENT_TOKEN)) {
        client.send(Frame.close(1002, "nonsense").masked());
        assertEquals(1002, end.awaitClose());
      }
    }
  }

  @Test
  void aClosedTunnelEndsSessionsWith1000AndRefusesFurtherOnes() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start()) {
      Tunnel tunnel = service.openTunnel("A");
      try (RawClient client = RawClient.session(service, tunnel.source(), CLIENT_TOKEN)) {
        tunnel.close();
        assertEquals(1000, client.readFrame().closeCode());
        client.send(Frame.close(1000, "").masked());
        tunnel.source().awaitNoSession();
      }
      try (RawClient late = RawClient.upgrade(service, tunnel.source(), CLIENT_TOKEN)) {
        assertTrue(late.head().contains("X-Status-Reason: Tunnel is closed"), late.head());
      }
    }
  }

  @Test
  void aRotatedTokenEndsItsSessionWith1012AndIsVoid() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start()) {
      Tunnel tunnel = service.openTunnel("A");
      String old = tunnel.source().token();
      try (RawClient client = RawClient.session(service, tunnel.source(), CLIENT_TOKEN)) {
        String fresh = tunnel.rotateToken(Mode.SOURCE);
        Frame close = client.readFrame();
        assertEquals(1012, close.closeCode());
        assertEquals("Token is revoked", close.closeReason());
        assertEquals(fresh, tunnel.source().token());
      }
      try (RawClient late = RawClient.connect(service)) {
        assertTrue(
            late.request(RawClient.upgradeRequest(Mode.SOURCE, old)).startsWith("HTTP/1.1 400"));
      }
      RawClient.session(service, tunnel.source(), CLIENT_TOKEN).close();
    }
  }

  @Test
  void pingsAreAnsweredWithTheirPayloadAndPongsAreAwaited() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start()) {
      TunnelEnd end = service.openTunnel("A").source();
      try (RawClient client = RawClient.session(service, end)) {
        client.send(Frame.of(Frame.PING, new byte[] {1, 2, 3}).masked());
        Frame pong = client.readFrame();
        assertEquals(Frame.PONG, pong.opcode());
        assertArrayEquals(new byte[] {1, 2, 3}, pong.payload());
        end.awaitPings(1);

        end.ping(new byte[] {9});
        assertEquals(Frame.PING, client.readFrame().opcode());
        client.send(Frame.of(Frame.PONG, new byte[] {9}).masked());
        end.awaitPong(new byte[] {9});
      }
    }
  }

  @Test
  void pongsCanWaitForASource() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.builder().pongsOnlyWithSource().start()) {
      Tunnel tunnel = service.openTunnel("A");
      try (RawClient destination = RawClient.session(service, tunnel.destination())) {
        destination.send(Frame.of(Frame.PING, new byte[] {1}).masked());
        tunnel.destination().awaitPings(1);
        try (RawClient source = RawClient.session(service, tunnel.source())) {
          destination.send(Frame.of(Frame.PING, new byte[] {2}).masked());
          assertArrayEquals(new byte[] {2}, destination.readFrame().payload());
          assertTrue(tunnel.source().isConnected(), source.head());
        }
      }
    }
  }

  @Test
  void choppedFramesAndWritesCarryTheSameBytes() throws IOException {
    try (ServiceEmulator service =
        ServiceEmulator.builder()
            .chopFrames(Chop.upTo(5, 42))
            .chopWrites(Chop.upTo(700, 43))
            .start()) {
      Tunnel tunnel = service.openTunnel("A");
      try (RawClient source = RawClient.session(service, tunnel.source());
          RawClient destination = RawClient.session(service, tunnel.destination())) {
        byte[] random = new byte[60_000];
        new Random(1).nextBytes(random);
        source.send(start("A", 1, 1), Message.data("A", 1, 1, ByteString.copyFrom(random)));

        assertEquals(start("A", 1, 1), destination.receive());
        assertArrayEquals(random, destination.receive().payload().toByteArray());
      }
    }
  }

  @Test
  void aWholeFrameTravelsOnAsItIsWhenNothingIsChopped() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start()) {
      Tunnel tunnel = service.openTunnel("A");
      try (RawClient source = RawClient.session(service, tunnel.source());
          RawClient destination = RawClient.session(service, tunnel.destination())) {
        source.send(start("A", 1, 1));
        Message half = Message.data("A", 1, 1, ByteString.copyFrom(new byte[64_000]));
        source.sendTogether(half, half);

        destination.receive();
        assertEquals(2 * half.encode().length, destination.readFrame().payload().length);
      }
    }
  }

  @Test
  void whatIsSentToNobodyIsLost() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start()) {
      Tunnel tunnel = service.openTunnel("A");
      try (RawClient source = RawClient.session(service, tunnel.source())) {
        source.send(start("A", 1, 1));
        tunnel.source().awaitMessage(MessageType.STREAM_START);
        source.send(Frame.of(Frame.PING, new byte[0]).masked());
        assertEquals(Frame.PONG, source.readFrame().opcode());
        assertEquals(1, tunnel.source().peer().undelivered());
      }
    }
  }

  @Test
  void theServiceCanSayAnythingAndCutAnything() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start()) {
      Tunnel tunnel = service.openTunnel("A");
      TunnelEnd end = tunnel.source();
      try (RawClient source = RawClient.session(service, end, CLIENT_TOKEN);
          RawClient destination = RawClient.session(service, tunnel.destination())) {
        end.sendServiceIds();
        assertEquals(List.of("A"), source.receive().availableServiceIds());
        tunnel.resetSession();
        assertTrue(source.receive().is(MessageType.SESSION_RESET));
        assertTrue(destination.receive().is(MessageType.SESSION_RESET));
        end.sendFrame(new Frame(false, 5, 3, false, new byte[] {7}));
        Frame odd = source.readFrame();
        assertEquals(List.of(false, 5, 3), List.of(odd.fin(), odd.reserved(), odd.opcode()));
        end.sendBytes(new byte[] {(byte) 0xff, (byte) 0xff, 1});
        assertEquals(3, source.readFrame().payload().length);
        end.cut(TunnelEnd.Cut.FIN);
        assertThrows(EOFException.class, source::readFrame);
      }
      try (RawClient source = RawClient.session(service, end, CLIENT_TOKEN)) {
        end.cut(TunnelEnd.Cut.RST);
        assertThrows(SocketException.class, source::readFrame);
      }
      end.awaitNoSession();
    }
  }

  @Test
  void upgradesAreRefusedIgnoredAndDroppedOnDemand() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start()) {
      TunnelEnd end = service.openTunnel("A").source();
      service.refuseNextUpgrades(1, 503);
      service.refuseNextUpgrade(429, Map.of("Retry-After", "7"), "slow down");
      service.ignoreNextUpgrade();
      service.dropNextSessions(1);

      try (RawClient client = RawClient.upgrade(service, end, CLIENT_TOKEN)) {
        assertTrue(client.head().startsWith("HTTP/1.1 503 "));
      }
      try (RawClient client = RawClient.upgrade(service, end, CLIENT_TOKEN)) {
        assertTrue(client.head().contains("Retry-After: 7"));
        assertEquals("slow down", client.body(9));
      }
      try (RawClient client = RawClient.connect(service)) {
        client.write(
            RawClient.upgradeRequest(Mode.SOURCE, end.token(), CLIENT_TOKEN)
                .getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(0, service.awaitHandshake(3).status());
      }
      try (RawClient client = RawClient.upgrade(service, end, CLIENT_TOKEN)) {
        assertTrue(client.head().startsWith("HTTP/1.1 101 "));
        assertThrows(IOException.class, client::readFrame);
      }
      RawClient.session(service, end, CLIENT_TOKEN).close();
    }
  }

  @Test
  void serviceIdsCanBeWithheldAndGlued() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.builder().withholdServiceIds().start()) {
      TunnelEnd end = service.openTunnel("A").source();
      try (RawClient client = RawClient.upgrade(service, end)) {
        client.send(Frame.of(Frame.PING, new byte[0]).masked());
        assertEquals(Frame.PONG, client.readFrame().opcode());
        assertFalse(end.isConnected());
        end.sendServiceIds();
        assertEquals(Message.serviceIds(List.of("A")), client.receive());
        end.awaitSession();
      }
    }
    try (ServiceEmulator service = ServiceEmulator.builder().glueServiceIds().start()) {
      TunnelEnd end = service.openTunnel("A").source();
      RawClient.session(service, end).close();
    }
  }

  @Test
  void subprotocol1HasNoServiceIds() throws IOException {
    try (ServiceEmulator service =
        ServiceEmulator.builder().subprotocol("aws.iot.securetunneling-1.0").start()) {
      Tunnel tunnel = service.openTunnel();
      try (RawClient source = RawClient.upgrade(service, tunnel.source());
          RawClient destination = RawClient.upgrade(service, tunnel.destination())) {
        tunnel.source().awaitSession();
        tunnel.destination().awaitSession();
        source.send(start("", 1, 0));
        assertEquals(start("", 1, 0), destination.receive());
      }
    }
  }

  @Test
  void aSilentServiceReadsOnAndAStoppedOneDoesNot() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start()) {
      TunnelEnd end = service.openTunnel("A").source();
      try (RawClient client = RawClient.session(service, end)) {
        Frame ping = Frame.of(Frame.PING, new byte[0]).masked();
        end.stopReading();
        client.send(start("A", 1, 1)); // may be read: the wait for it may have begun before
        client.send(ping);
        assertEquals(0, end.pings());
        end.resumeReading();
        end.awaitPings(1);
        assertEquals(Frame.PONG, client.readFrame().opcode());

        end.goSilent();
        client.send(ping);
        end.awaitPings(2);
        end.cut(TunnelEnd.Cut.FIN);
        assertThrows(EOFException.class, client::readFrame);
      }
    }
  }

  @Test
  void whatIsAwaitedInVainIsNamed() {
    try (ServiceEmulator service = ServiceEmulator.builder().limit(Duration.ofMillis(10)).start()) {
      TunnelEnd end = service.openTunnel("A").source();
      AssertionError error = assertThrows(AssertionError.class, end::awaitSession);
      assertTrue(error.getMessage().contains("session at source of tunnel 1"), error.getMessage());
      assertThrows(IllegalStateException.class, end::goSilent);
    }
  }
}
