package io.iottunnel.adapters.jetty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.ports.SessionEnd;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.UpgradeRequest;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.websocket.Frame;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes of frames and buffers other than the usual ones. */
class SessionSizesTest {

  private static final TestCa CA = TestCa.create();

  private final RecordingListener listener = new RecordingListener();
  private ScriptedService service;
  private HandDrivenStream way;

  @BeforeEach
  void start() throws IOException {
    service = new ScriptedService(CA.leaf("127.0.0.1").serverContext());
    way = new HandDrivenStream(service.address());
  }

  @AfterEach
  void stop() {
    way.close();
    service.close();
  }

  @Test
  void aFrameOverASmallerLimitEndsTheSession() throws Exception {
    CompletableFuture<Frame> closing =
        service.serve(
            connection -> {
              ScriptedService.upgrade(connection);
              connection.send(Frame.binary(new byte[5_001]));
              return connection.readFrame();
            });
    try (JettyTunnelTransport transport = transport(5_000, 64 * 1024)) {
      session(transport).receive();
      way.driveUntil(() -> !listener.ends.isEmpty());
    }

    assertEquals(1009, way.await(closing).closeCode());
    assertEquals(
        List.of(new SessionEnd.Broken("the service sent a frame of more than 5000 bytes")),
        listener.ends);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_024, 20_000, 1_000_000})
  void whateverIsReadAtOnceEveryByteArrives(int readBuffer) throws Exception {
    byte[] payload = new byte[100_000];
    new Random(readBuffer).nextBytes(payload);
    service.serve(
        connection -> {
          ScriptedService.upgrade(connection);
          connection.send(Frame.binary(payload));
          return connection.readFrame();
        });
    try (JettyTunnelTransport transport = transport(TunnelSession.MAX_FRAME, readBuffer)) {
      session(transport).receive();
      way.driveUntil(() -> listener.received.size() > 0);
    }

    assertArrayEquals(payload, listener.received.toByteArray());
  }

  private static JettyTunnelTransport transport(int frame, int readBuffer) {
    return new JettyTunnelTransport(
        CA.clientContext(),
        true,
        "localproxy/test",
        new JettyTunnelTransport.Limits(
            Deadline.LIMIT, Deadline.LIMIT, Deadline.LIMIT, frame, readBuffer));
  }

  private TunnelSession session(JettyTunnelTransport transport) throws Exception {
    UpgradeRequest request =
        new UpgradeRequest(service.address(), "/tunnel", "aws.iot.securetunneling-3.0", Map.of());
    return way.await(transport.open(way, request, listener));
  }
}
