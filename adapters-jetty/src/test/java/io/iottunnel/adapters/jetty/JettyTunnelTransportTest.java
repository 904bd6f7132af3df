package io.iottunnel.adapters.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.UpgradeRequest;
import io.iottunnel.testkit.TestCa;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class JettyTunnelTransportTest {

  private static final TestCa CA = TestCa.create();

  @Test
  void everythingRunsOnTheThreadThatDrivesTheStream() throws Exception {
    try (RawService service = new RawService(CA.leaf("127.0.0.1").serverContext());
        JettyTunnelTransport transport =
            new JettyTunnelTransport(
                CA.clientContext(), true, "localproxy/test", JettyTunnelTransport.Limits.DEFAULT);
        HandDrivenStream way = new HandDrivenStream(service.address())) {
      CompletableFuture<RawService.Frame> script =
          service.serve(
              connection -> {
                connection.upgrade("channel-id: abc\r\n", new byte[0]);
                connection.send(RawService.BINARY, true, new byte[100_000]);
                RawService.Frame echoed = connection.readFrame();
                connection.close(1000, "bye");
                connection.readFrame();
                return echoed;
              });
      RecordingListener listener = new RecordingListener();
      CompletableFuture<TunnelSession> opening =
          transport.open(
              way,
              new UpgradeRequest(
                  service.address(),
                  "/tunnel?local-proxy-mode=source",
                  "x",
                  Map.of("access-token", "t")),
              listener);
      TunnelSession session = way.await(opening);
      session.receive();
      way.driveUntil(() -> listener.told.contains("frame 100000"));
      AtomicReference<Thread> sent = new AtomicReference<>();
      session.send(ByteBuffer.allocate(64_000), () -> sent.set(Thread.currentThread()));
      assertEquals(Thread.currentThread(), sent.get(), "sent runs at once when all is taken");
      session.receive();
      way.driveUntil(() -> !listener.ends.isEmpty());
      assertEquals(64_000, way.await(script).payload().remaining());
      assertEquals(Set.of(Thread.currentThread()), listener.threads);
      assertEquals("[Closed[code=1000, reason=bye]]", listener.ends.toString());
    }
  }
}
