package io.iottunnel.adapters.jetty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.SessionEnd;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.UpgradeRequest;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.websocket.RequestHead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is particular to this transport; what every transport owes is in its contract. */
class JettyTunnelTransportTest {

  private final String token = Secrets.token();
  private static final TestCa CA = TestCa.create();
  private static final Duration SOON = Duration.ofMillis(50);

  private final RecordingListener listener = new RecordingListener();
  private ScriptedService service;
  private JettyTunnelTransport transport;
  private HandDrivenStream way;

  @BeforeEach
  void open() throws IOException {
    service = new ScriptedService(CA.leaf("127.0.0.1").serverContext());
    transport = transport(JettyTunnelTransport.Limits.DEFAULT);
    way = new HandDrivenStream(service.address());
  }

  @AfterEach
  void close() {
    transport.close();
    way.close();
    service.close();
  }

  private static JettyTunnelTransport transport(JettyTunnelTransport.Limits limits) {
    return new JettyTunnelTransport(CA.clientContext(), true, "localproxy/test", limits);
  }

  private UpgradeRequest request() {
    return new UpgradeRequest(
        service.address(),
        "/tunnel?local-proxy-mode=source",
        "aws.iot.securetunneling-3.0",
        Map.of("access-token", token));
  }

  private TunnelSession connected() throws Exception {
    return way.await(transport.open(way, request(), listener));
  }

  // Threads

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

  // The request and its answer

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

  // Frames

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
    transport.close();
    transport = transport(new JettyTunnelTransport.Limits(Deadline.LIMIT, Deadline.LIMIT, SOON));
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

  // Ends

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
    transport.close();
    transport = transport(new JettyTunnelTransport.Limits(Deadline.LIMIT, Deadline.LIMIT, SOON));
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

  // TLS

  @Test
  void aCertificateOfAnUnknownAuthorityIsNotTrusted() {
    transport.close();
    transport =
        new JettyTunnelTransport(
            TestCa.create("Another").clientContext(),
            true,
            "localproxy/test",
            JettyTunnelTransport.Limits.DEFAULT);
    CertificateNotTrustedException failure =
        assertInstanceOf(
            CertificateNotTrustedException.class,
            failureOf(transport.open(way, request(), listener)));
    assertTrue(
        failure.getMessage().contains("the service " + service.address()), failure.getMessage());
    assertFalse(way.isOpen());
    assertEquals(List.of(), listener.told);
  }

  @Test
  void aCertificateForAnotherNameIsNotTrustedUnlessCheckingIsOff() throws Exception {
    try (ScriptedService other = new ScriptedService(CA.leaf("other.example").serverContext());
        HandDrivenStream checked = new HandDrivenStream(other.address());
        HandDrivenStream unchecked = new HandDrivenStream(other.address());
        JettyTunnelTransport trusting =
            new JettyTunnelTransport(
                CA.clientContext(),
                false,
                "localproxy/test",
                JettyTunnelTransport.Limits.DEFAULT)) {
      UpgradeRequest request = new UpgradeRequest(other.address(), "/tunnel", "x", Map.of());
      CompletableFuture<TunnelSession> refused = transport.open(checked, request, listener);
      checked.driveUntil(refused::isDone);
      assertInstanceOf(
          CertificateNotTrustedException.class,
          assertThrows(ExecutionException.class, refused::get).getCause());
      other.serve(ScriptedService::upgrade);
      unchecked.await(trusting.open(unchecked, request, listener));
    }
  }

  @Test
  void theServicesNameIsSentEvenWithoutADotAndAnAddressIsNot() throws Exception {
    CompletableFuture<String> byAddress =
        service.serve(
            connection -> {
              ScriptedService.upgrade(connection);
              return connection.serverName().toString();
            });
    connected();
    assertEquals("Optional.empty", way.await(byAddress));

    try (ScriptedService named = new ScriptedService(CA.leaf("localhost").serverContext());
        HandDrivenStream there = new HandDrivenStream(named.address())) {
      CompletableFuture<String> byName =
          named.serve(
              connection -> {
                ScriptedService.upgrade(connection);
                return connection.serverName().toString();
              });
      UpgradeRequest request =
          new UpgradeRequest(
              new HostAndPort("localhost", named.address().port()), "/tunnel", "x", Map.of());
      there.await(transport.open(there, request, listener));
      assertEquals("Optional[localhost]", there.await(byName));
    }
  }

  // Time limits and giving up

  @Test
  void aSilentPeerIsGivenUpInTheTlsHandshake() throws Exception {
    transport.close();
    transport = transport(new JettyTunnelTransport.Limits(SOON, Deadline.LIMIT, Deadline.LIMIT));
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HandDrivenStream there =
            new HandDrivenStream(new HostAndPort("127.0.0.1", silent.getLocalPort()));
        Socket accepted = silent.accept()) {
      CompletableFuture<TunnelSession> opening = transport.open(there, request(), listener);
      there.driveUntil(opening::isDone);
      Throwable failure = assertThrows(ExecutionException.class, opening::get).getCause();
      assertInstanceOf(UnreachableException.class, failure);
      assertTrue(failure.getMessage().contains("finish the TLS handshake"), failure.getMessage());
      assertTrue(accepted.isConnected());
    }
  }

  @Test
  void aServiceThatDoesNotAnswerTheUpgradeIsGivenUp() throws Exception {
    transport.close();
    transport = transport(new JettyTunnelTransport.Limits(Deadline.LIMIT, SOON, Deadline.LIMIT));
    service.serve(
        connection -> {
          connection.readRequest();
          return connection.readRequest();
        });
    assertUnreachable("did not answer the upgrade");
  }

  @Test
  void cancellingClosesTheWay() throws Exception {
    CompletableFuture<Boolean> asked = new CompletableFuture<>();
    service.serve(
        connection -> {
          connection.readRequest();
          asked.complete(true);
          return connection.readRequest();
        });
    CompletableFuture<TunnelSession> opening = transport.open(way, request(), listener);
    way.await(asked);
    assertTrue(opening.cancel(false));
    assertFalse(way.isOpen());
    assertEquals(List.of("secured"), new ArrayList<>(listener.told));
  }

  private void assertUnreachable(String says) {
    Throwable failure = failureOf(transport.open(way, request(), listener));
    assertInstanceOf(UnreachableException.class, failure);
    assertTrue(failure.getMessage().contains(says), failure.getMessage());
    assertFalse(way.isOpen());
  }

  private Throwable failureOf(CompletableFuture<TunnelSession> opening) {
    return assertThrows(ExecutionException.class, () -> way.await(opening)).getCause();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
