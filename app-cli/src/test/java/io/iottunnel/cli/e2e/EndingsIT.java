package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.RetriesUsedUpException;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.ServicesMismatchException;
import io.iottunnel.domain.TokenRevokedException;
import io.iottunnel.domain.tunnel.Outcome;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.emulator.TunnelEnd.Cut;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a local proxy ends for good, and what it says then. */
@ExtendWith(NothingLeftOpen.class)
class EndingsIT {

  private static final ServiceId SSH = new ServiceId("SSH1");

  private ServiceEmulator service;
  private TunnelOwner owner;
  private TunnelOwner.Opened opened;
  private Tunnel tunnel;

  @BeforeEach
  void openTunnel() {
    service = ServiceEmulator.start();
    owner = TunnelOwner.of(service);
    opened = owner.open("SSH1");
    tunnel = owner.emulated(opened);
  }

  @AfterEach
  void theJudgeFindsNothing() {
    owner.close();
    service.close();
  }

  @ParameterizedTest
  @EnumSource
  void aRotatedTokenEndsIt(Mode mode) {
    try (End end = end(mode)) {
      tunnel.end(mode).awaitSession();

      owner.rotate(opened);

      assertInstanceOf(TokenRevokedException.class, end.failure());
    }
    assertEquals(1, service.handshakes().size());
  }

  @ParameterizedTest
  @EnumSource
  void aClosedTunnelEndsIt(Mode mode) {
    try (End end = end(mode)) {
      tunnel.end(mode).awaitSession();

      owner.close(opened);

      assertInstanceOf(Outcome.TunnelClosed.class, end.outcome());
    }
  }

  @Test
  void aTunnelThatWasClosedMeanwhileEndsItToo() {
    try (End source = end(Mode.SOURCE)) {
      source.watch().port(SSH);
      service.refuseNextUpgrade(400, Map.of("X-Status-Reason", "Tunnel is closed"), "");
      tunnel.source().cut(Cut.FIN);

      assertInstanceOf(Outcome.TunnelClosed.class, source.outcome());
    }
  }

  @Test
  void whatWasOnItsWayWhenTheTunnelWasClosedIsDelivered() throws IOException {
    Bulk bulk = Bulk.random(3, 3_000_000);
    CountDownLatch closed = new CountDownLatch(1);
    try (Application late =
        Application.that(
            destination -> {
              Deadline.await(closed, "the end of the tunnel");
              bulk.expectAllFrom(destination);
            })) {
      try (End source = end(Mode.SOURCE);
          End destination =
              End.start(
                  service, tunnel.destination(), b -> b.mapping(Map.of(SSH, late.endpoint())))) {
        tunnel.destination().awaitSession();
        try (Peer client = source.client(SSH)) {
          bulk.sendTo(client);
          destination.watch().awaitReceived(bulk.size());
          owner.close(opened);
          closed.countDown();
          client.awaitEnd();
        }
        late.awaitConversation();
        assertInstanceOf(Outcome.TunnelClosed.class, destination.outcome());
      }
    }
  }

  @Test
  void aSpentTokenIsRefused() {
    try (End first = End.start(service, tunnel.source(), b -> b.withoutClientToken())) {
      tunnel.source().awaitSession();
      try (End second = end(Mode.SOURCE)) {
        HandshakeRejectedException refusal =
            assertInstanceOf(HandshakeRejectedException.class, second.failure());
        assertEquals(400, refusal.status());
        assertTrue(refusal.getMessage().contains("previously used"), refusal.getMessage());
        assertEquals(service.handshakes().get(1).channelId(), refusal.channelId().orElseThrow());
        assertFalse(refusal.getMessage().contains(tunnel.source().token()));
      }
      assertFalse(first.isOver());
    }
  }

  @Test
  void servicesThatDoNotFitEndItWithBothSets() {
    try (End end =
        End.start(
            service,
            tunnel.destination(),
            b -> b.mapping(Map.of(new ServiceId("OTHER"), Endpoint.tcp("127.0.0.1", 1))))) {
      LocalProxyException mismatch =
          assertInstanceOf(ServicesMismatchException.class, end.failure());
      assertTrue(mismatch.getMessage().contains("SSH1"), mismatch.getMessage());
      assertTrue(mismatch.getMessage().contains("OTHER"), mismatch.getMessage());
    }
  }

  @Test
  void aPortThatIsTakenEndsIt() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        End source =
            End.start(
                service,
                tunnel.source(),
                b -> b.mapping(Map.of(SSH, Endpoint.tcp("127.0.0.1", taken.getLocalPort()))))) {
      LocalProxyException failure = assertInstanceOf(ListenFailedException.class, source.failure());
      assertTrue(
          failure.getMessage().contains("127.0.0.1:" + taken.getLocalPort()), failure.getMessage());
      tunnel.source().awaitNoSession();
    }
  }

  @Test
  void retriesThatAreUsedUpEndItWithTheLastReason() {
    service.refuseNextUpgrades(3, 503);
    try (End source =
        End.start(
            service,
            tunnel.source(),
            b -> b.settings(End.QUICK.change().connectRetries(2).build()))) {
      LocalProxyException failure =
          assertInstanceOf(RetriesUsedUpException.class, source.failure());
      assertTrue(failure.getMessage().contains("503"), failure.getMessage());
    }
    assertEquals(3, service.handshakes().size());
  }

  @Test
  void aCertificateOfAnotherAuthorityEndsIt() {
    try (End source =
        End.startTrusting(TestCa.create("Stranger"), service, tunnel.source(), b -> {})) {
      assertInstanceOf(CertificateNotTrustedException.class, source.failure());
    }
    assertEquals(0, service.handshakes().size(), "no token went to a stranger");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNotFollowed(int status) {
    try (ServiceEmulator elsewhere =
        ServiceEmulator.builder().certificateAuthority(service.ca()).start()) {
      service.refuseNextUpgrade(
          status,
          Map.of("Location", "https://" + elsewhere.address() + "/tunnel?local-proxy-mode=source"),
          "");
      try (End source = end(Mode.SOURCE)) {
        HandshakeRejectedException refusal =
            assertInstanceOf(HandshakeRejectedException.class, source.failure());
        assertEquals(status, refusal.status());
      }
      assertEquals(0, elsewhere.handshakes().size(), "the token goes nowhere else");
      assertEquals(1, service.handshakes().size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void stoppingClosesTheWebSocketInOrder(Mode mode) {
    try (End end = end(mode)) {
      end.watch().awaitMapped();
      end.stop();
      assertInstanceOf(Outcome.Stopped.class, end.outcome());
      assertEquals(1000, tunnel.end(mode).awaitClose());
    }
  }

  private End end(Mode mode) {
    return End.start(
        service,
        tunnel.end(mode),
        b -> {
          if (mode == Mode.DESTINATION) {
            b.mapping(Map.of(SSH, Endpoint.tcp("127.0.0.1", 9)));
          }
        });
  }
}
