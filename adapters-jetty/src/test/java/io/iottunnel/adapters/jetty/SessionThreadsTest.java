package io.iottunnel.adapters.jetty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.ports.SessionEnd;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.websocket.Frame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Who does what on which thread. */
class SessionThreadsTest extends TransportBench {

  @Test
  void tlsFramingAndListenerRunOnTheThreadThatDrivesTheStream() throws Exception {
    byte[] payload = random(100_000);
    CompletableFuture<Frame> script =
        service.serve(
            connection -> {
              ScriptedService.upgrade(connection);
              connection.send(Frame.of(Frame.PING, new byte[5]));
              connection.send(Frame.binary(payload));
              connection.readFrame(); // the pong
              Frame sent = connection.readFrame();
              connection.send(Frame.close(1000, "bye"));
              connection.readFrame();
              return sent;
            });
    TunnelSession session = connected();
    session.receive();
    way.driveUntil(() -> listener.received.size() > 0);
    AtomicReference<Thread> sent = new AtomicReference<>();
    session.send(ByteBuffer.wrap(payload.clone()), () -> sent.set(Thread.currentThread()));
    assertEquals(
        Thread.currentThread(), sent.get(), "the socket took all of it, so sent ran inline");
    session.receive();
    way.driveUntil(() -> !listener.ends.isEmpty());

    assertArrayEquals(payload, listener.received.toByteArray());
    assertArrayEquals(payload, way.await(script).payload());
    assertEquals(List.of("secured", "alive", "frame 100000", "ended"), listener.told);
    assertEquals(Set.of(Thread.currentThread()), listener.threads);
    assertEquals(List.of(new SessionEnd.Closed(1000, "bye")), listener.ends);
  }

  @Test
  void whatTheSocketDoesNotTakeAtOnceIsSentFromTheStreamsThread() throws Exception {
    int frames = 40;
    CompletableFuture<Void> go = new CompletableFuture<>();
    CompletableFuture<Integer> script =
        service.serve(
            connection -> {
              ScriptedService.upgrade(connection);
              Deadline.get(go.thenApply(x -> true), "the word to read");
              int bytes = 0;
              for (int i = 0; i < frames; i++) {
                bytes += connection.readFrame().payload().length;
              }
              return bytes;
            });
    TunnelSession session = connected();
    AtomicInteger sent = new AtomicInteger();
    for (int i = 0; i < frames; i++) {
      session.send(ByteBuffer.allocate(TunnelSession.MAX_FRAME), sent::incrementAndGet);
    }
    assertTrue(sent.get() < frames, "not everything fits into the socket's buffers");
    go.complete(null);
    way.driveUntil(() -> sent.get() == frames);
    assertEquals(frames * TunnelSession.MAX_FRAME, way.await(script));
  }

  @Test
  void aServiceThatSendsWithoutAPauseDoesNotKeepTheStreamsThread() throws Exception {
    int total = 2 << 20;
    service.serve(
        connection -> {
          ScriptedService.upgrade(connection);
          for (int i = 0; i < total; i += 64 << 10) {
            connection.send(Frame.binary(new byte[64 << 10]));
          }
          return connection.readFrame();
        });
    RecordingListener eager =
        new RecordingListener() {
          @Override
          public void frame(ByteBuffer payload) {
            super.frame(payload);
            session().receive();
          }
        };
    TunnelSession session = way.await(transport.open(way, request(), eager));
    eager.session(session);
    session.receive();
    way.driveUntil(() -> eager.received.size() == total);
    assertTrue(way.mostInOneTurn() <= 300 << 10, way.mostInOneTurn() + " bytes in one turn");
  }

  @Test
  void aCallFromAnotherThreadIsServedToo() throws Exception {
    CompletableFuture<Frame> script =
        service.serve(
            connection -> {
              ScriptedService.upgrade(connection);
              return connection.readFrame();
            });
    TunnelSession session = connected();
    CompletableFuture<Boolean> sent = new CompletableFuture<>();
    Background.start(
        () -> {
          session.send(ByteBuffer.wrap(new byte[] {1, 2, 3}), () -> sent.complete(true));
          return true;
        });
    assertTrue(way.await(sent));
    assertArrayEquals(new byte[] {1, 2, 3}, way.await(script).payload());
  }
}
