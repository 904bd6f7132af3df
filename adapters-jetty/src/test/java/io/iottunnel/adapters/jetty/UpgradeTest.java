package io.iottunnel.adapters.jetty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.UpgradeRequest;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.websocket.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The request for a WebSocket, and its answer. */
class UpgradeTest extends TransportBench {

  @Test
  void asksAsAWebSocketClientAndOffersNoExtension() throws Exception {
    CompletableFuture<RequestHead> script =
        service.serve(
            connection ->
                ScriptedService.upgrade(
                    connection,
                    "channel-id: abc-1",
                    "Sec-WebSocket-Protocol: aws.iot.securetunneling-3.0"));
    TunnelSession session = connected();
    RequestHead request = way.await(script);
    assertEquals("/tunnel?local-proxy-mode=source", request.target());
    assertEquals(List.of(service.address().toString()), request.values("Host"));
    assertEquals(List.of("13"), request.values("Sec-WebSocket-Version"));
    assertEquals(List.of("aws.iot.securetunneling-3.0"), request.values("Sec-WebSocket-Protocol"));
    assertEquals(List.of(token), request.values("access-token"));
    assertEquals(List.of("localproxy/test"), request.values("User-Agent"));
    assertEquals(List.of(), request.values("Sec-WebSocket-Extensions"));
    assertEquals(List.of(), request.values("Cookie"));
    assertEquals("Optional[abc-1]", session.channelId().toString());
    assertEquals("aws.iot.securetunneling-3.0", session.subprotocol());
  }

  @Test
  void aFrameInTheSameRecordAsTheAnswerIsNotLost() throws Exception {
    service.serve(
        connection -> {
          RequestHead request = connection.readRequest();
          String head = ScriptedService.switchingProtocols(request);
          byte[] frame = Frame.binary(new byte[] {7, 8, 9}).encode();
          connection.write(head + new String(frame, StandardCharsets.ISO_8859_1));
          return connection.readFrame();
        });
    TunnelSession session = connected();
    session.receive();
    way.driveUntil(() -> listener.received.size() == 3);
    assertArrayEquals(new byte[] {7, 8, 9}, listener.received.toByteArray());
  }

  @Test
  void aRequestThatTheServiceWouldNotTakeIsNotSent() {
    UpgradeRequest tooLong =
        new UpgradeRequest(
            service.address(), "/tunnel", "x", Map.of("access-token", "t".repeat(4096)));
    Throwable failure = failureOf(transport.open(way, tooLong, listener));
    assertInstanceOf(ConfigurationException.class, failure);
    assertFalse(failure.getMessage().contains("ttt"), failure.getMessage());
    assertFalse(way.isOpen());
  }

  @Test
  void a101ThatDoesNotAnswerOurKeyIsNoWebSocket() {
    service.serve(
        connection -> {
          connection.readRequest();
          connection.write(
              "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
                  + ("Sec-WebSocket-Accept: " + "A".repeat(27) + "=\r\n\r\n"));
          return true;
        });
    assertUnreachable("does not answer our key");
  }

  @Test
  void anExtensionThatWasNotOfferedIsRefused() {
    service.serve(
        connection ->
            ScriptedService.upgrade(connection, "Sec-WebSocket-Extensions: permessage-deflate"));
    assertUnreachable("chose an extension");
  }

  @Test
  void anAnswerThatIsNotHttpIsQuoted() {
    service.serve(
        connection -> {
          connection.readRequest();
          connection.write("SSH-2.0-x\r\n");
          return true;
        });
    assertUnreachable("is not HTTP: it begins with \"SSH-2.0-x\"");
  }

  @Test
  void aServiceThatClosesInsteadOfAnAnswerIsUnreachable() {
    service.serve(connection -> connection.readRequest());
    assertUnreachable("broke during the upgrade: it was closed");
  }
}
