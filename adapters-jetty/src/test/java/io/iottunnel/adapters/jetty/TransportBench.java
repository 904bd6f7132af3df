package io.iottunnel.adapters.jetty;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.UpgradeRequest;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.secrets.Secrets;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A transport, a way that the test's thread drives, and a service that does what a test says. */
abstract class TransportBench {

  static final TestCa CA = TestCa.create();

  final String token = Secrets.token();
  final RecordingListener listener = new RecordingListener();
  ScriptedService service;
  JettyTunnelTransport transport;
  HandDrivenStream way;

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

  /** Uses a transport with these limits from now on. */
  void within(JettyTunnelTransport.Limits limits) {
    transport.close();
    transport = transport(limits);
  }

  private static JettyTunnelTransport transport(JettyTunnelTransport.Limits limits) {
    return new JettyTunnelTransport(CA.clientContext(), true, "localproxy/test", limits);
  }

  UpgradeRequest request() {
    return new UpgradeRequest(
        service.address(),
        "/tunnel?local-proxy-mode=source",
        "aws.iot.securetunneling-3.0",
        Map.of("access-token", token));
  }

  /** A session that is up. */
  TunnelSession connected() throws Exception {
    return way.await(transport.open(way, request(), listener));
  }

  void assertUnreachable(String says) {
    Throwable failure = failureOf(transport.open(way, request(), listener));
    assertInstanceOf(UnreachableException.class, failure);
    assertTrue(failure.getMessage().contains(says), failure.getMessage());
    assertFalse(way.isOpen());
  }

  Throwable failureOf(CompletableFuture<TunnelSession> opening) {
    return assertThrows(ExecutionException.class, () -> way.await(opening)).getCause();
  }

  static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
