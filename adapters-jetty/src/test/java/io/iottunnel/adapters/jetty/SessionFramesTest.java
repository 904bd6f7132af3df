package io.iottunnel.adapters.jetty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.SessionEnd;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.websocket.Frame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Frames of a session that is up, and its end. */
class SessionFramesTest extends TransportBench {

  private static final Duration SOON = Duration.ofMillis(50);

  @Test
  void nothingIsReadUntilItIsAskedFor() throws Exception {
    service.serve(
        connection -> {
          ScriptedService.upgrade(connection);
          connection.send(Frame.binary(new byte[1]));
          connection.send(Frame.binary(new byte[2]));
          return connection.readFrame();
        });
    TunnelSession session = connected();
    assertFalse(way.isReadAwaited());
    session.receive();
    way.driveUntil(() -> listener.told.contains("frame 1"));
    assertFalse(way.isReadAwaited());
    assertFalse(listener.told.contains("frame 2"));
    session.receive();
    way.driveUntil(() -> listener.told.contains("frame 2"));
  }

  @Test
  void aPayloadIsLeftAloneUntilTheNextIsAskedFor() throws Exception {
    byte[] first = random(70_000);
    service.serve(
        connection -> {
          ScriptedService.upgrade(connection);
          connection.send(Frame.binary(first));
          connection.send(Frame.close(1000, ""));
          return connection.readFrame();
        });
    AtomicReference<ByteBuffer> kept = new AtomicReference<>();
    RecordingListener keeping =
        new RecordingListener() {
          @Override
          public void frame(ByteBuffer payload) {
            kept.set(payload);
          }
        };
    TunnelSession session = way.await(transport.open(way, request(), keeping));
    session.receive();
    way.driveUntil(() -> kept.get() != null);
    session.close(1000, ""); // reads on, for the answer, and ends
    way.driveUntil(() -> !keeping.ends.isEmpty());
    byte[] later = new byte[kept.get().remaining()];
    kept.get().get(later);
    assertArrayEquals(first, later);
  }

  @Test
  void aFloodOfPingsFromAServiceThatReadsNothingEndsTheSession() throws Exception {
    within(new JettyTunnelTransport.Limits(Deadline.LIMIT, Deadline.LIMIT, SOON));
    CompletableFuture<Boolean> seen = new CompletableFuture<>();
    service.serve(
        connection -> {
          ScriptedService.upgrade(connection);
          for (int i = 0; i < 500; i++) {
            connection.send(Frame.of(Frame.PING, new byte[125]));
          }
          return Deadline.get(seen, "the end of the session");
        });
    TunnelSession session = connected();
    for (int i = 0; i < 10; i++) {
      session.send(ByteBuffer.allocate(TunnelSession.MAX_FRAME), () -> {});
    }
    session.receive();
    way.driveUntil(() -> !listener.ends.isEmpty());
    String reason = assertInstanceOf(SessionEnd.Broken.class, listener.ends.get(0)).reason();
    seen.complete(true);
    assertTrue(reason.contains("pings"), reason);
  }

  @Test
  void aCloseFrameOfAnyCodeWaitsItsTurnAndForItsAnswer() throws Exception {
    CompletableFuture<Frame> script =
        service.serve(
            connection -> {
              ScriptedService.upgrade(connection);
              Frame frame;
              do {
                frame = connection.readFrame();
              } while (frame.opcode() == Frame.BINARY && frame.payload().length > 0);
              connection.send(Frame.binary(new byte[10]));
              connection.send(Frame.close(1002, "same to you"));
              return frame;
            });
    TunnelSession session = connected();
    session.send(ByteBuffer.allocate(TunnelSession.MAX_FRAME), () -> {});
    session.send(ByteBuffer.allocate(TunnelSession.MAX_FRAME), () -> {});
    session.close(1002, "nonsense");
    way.driveUntil(() -> !listener.ends.isEmpty());
    assertEquals(List.of(new SessionEnd.Closed(1002, "same to you")), listener.ends);
    assertEquals(1002, way.await(script).closeCode());
    assertFalse(way.isOpen());
  }

  @Test
  void aCloseFrameThatIsNotAnsweredEndsTheSessionInTime() throws Exception {
    within(new JettyTunnelTransport.Limits(Deadline.LIMIT, Deadline.LIMIT, SOON));
    service.serve(
        connection -> {
          ScriptedService.upgrade(connection);
          connection.readFrame();
          return connection.readFrame();
        });
    TunnelSession session = connected();
    session.close(1000, "bye");
    way.driveUntil(() -> !listener.ends.isEmpty());
    assertEquals(
        List.of(new SessionEnd.Broken("the close was not finished within 50 ms")), listener.ends);
  }

  @Test
  void nothingHappensAfterTheEnd() throws Exception {
    service.serve(
        connection -> {
          ScriptedService.upgrade(connection);
          return connection.readFrame();
        });
    TunnelSession session = connected();
    session.abort();
    session.abort();
    session.receive();
    session.ping(ByteBuffer.allocate(4));
    session.send(ByteBuffer.allocate(4), () -> listener.told.add("sent"));
    session.close(1000, "");
    assertEquals(List.of("secured", "ended"), listener.told);
  }

  @Test
  void closingTheTransportEndsItsSessionsAndOpensNoMore() throws Exception {
    service.serve(
        connection -> {
          ScriptedService.upgrade(connection);
          return connection.readFrame();
        });
    connected();
    transport.close();
    assertEquals(List.of(new SessionEnd.Broken("the transport was closed")), listener.ends);
    try (HandDrivenStream late = new HandDrivenStream(service.address())) {
      Throwable failure = failureOf(transport.open(late, request(), listener));
      assertInstanceOf(UnreachableException.class, failure);
      assertTrue(failure.getMessage().endsWith("the transport was closed"), failure.getMessage());
      assertFalse(late.isOpen());
    }
  }
}
