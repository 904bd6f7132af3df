package io.iottunnel.adapters.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.UpgradeRequest;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.TestCa;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** TLS with the service, and attempts that are given up. */
class OpeningTest extends TransportBench {

  private static final Duration SOON = Duration.ofMillis(50);

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

  @Test
  void aSilentPeerIsGivenUpInTheTlsHandshake() throws Exception {
    within(new JettyTunnelTransport.Limits(SOON, Deadline.LIMIT, Deadline.LIMIT));
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
    within(new JettyTunnelTransport.Limits(Deadline.LIMIT, SOON, Deadline.LIMIT));
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
}
