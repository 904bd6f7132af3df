package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.TunnelSettings;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.UnusedPort;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications and clients as they are: away, abrupt, half finished, slow. */
@ExtendWith(NothingLeftOpen.class)
class ApplicationsIT {

  private static final ServiceId SSH = new ServiceId("SSH1");
  private static final ServiceId WEB = new ServiceId("WEB");
  private static final Bulk BULK = Bulk.random(1, 2_000_000);
  private static final Bulk SMALL = Bulk.random(2, 50_000);

  private ServiceEmulator service;
  private Tunnel tunnel;
  private Application echo;
  private UnusedPort nobody;

  @BeforeEach
  void openTunnel() {
    service = ServiceEmulator.start();
    tunnel = TunnelOwner.openTunnel(service, "SSH1", "WEB");
    echo = Application.echo();
    nobody = UnusedPort.keep();
  }

  @AfterEach
  void theJudgeFindsNothing() {
    nobody.close();
    echo.close();
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"refuses", "cannot be resolved"})
  void anApplicationThatIsAwayDisturbsNoOther(String what) throws IOException {
    Endpoint away =
        what.equals("refuses") ? nobody.endpoint() : Endpoint.tcp("no-such-host.invalid", 22);
    try (End source = source(Dialect.V3);
        End destination = destination(away, echo.endpoint())) {
      tunnel.destination().awaitSession();
      try (Peer good = source.client(WEB)) {
        Bulk.exchange(good, SMALL, SMALL);
        for (int i = 1; i <= 3; i++) {
          try (Peer bad = source.client(SSH)) {
            bad.send(new byte[] {1, 2, 3});
            bad.awaitEnd();
          }
          Bulk.exchange(good, SMALL, SMALL);
          destination.watch().await(i, "unreachable SSH1");
        }
      }
      assertEquals(3, destination.watch().count("retried SSH1"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAClientSendsBeforeItClosesArrives(Dialect dialect) throws IOException {
    try (Application reading = Application.that(BULK::expectAllFrom);
        End source = source(dialect);
        End destination = destination(reading.endpoint(), echo.endpoint())) {
      tunnel.destination().awaitSession();
      for (int i = 1; i <= 2; i++) {
        try (Peer client = source.client(SSH)) {
          BULK.sendTo(client);
        }
        reading.awaitConversation();
        source.watch().await(i, "ended SSH1");
        destination.watch().await(i, "ended SSH1");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAnApplicationSendsBeforeItClosesArrives(Dialect dialect) throws IOException {
    byte[] request = {42};
    try (Application answering =
            Application.that(
                destination -> {
                  destination.receive(request.length);
                  BULK.sendTo(destination);
                });
        End source = source(dialect);
        End destination = destination(answering.endpoint(), echo.endpoint())) {
      tunnel.destination().awaitSession();
      for (int i = 1; i <= 2; i++) {
        try (Peer client = source.client(SSH)) {
          client.send(request);
          BULK.expectAllFrom(client);
        }
        source.watch().await(i, "ended SSH1");
        destination.watch().await(i, "ended SSH1");
      }
    }
  }

  @Test
  void aV3ClientThatHasFinishedSendingStillGetsItsAnswer() throws IOException {
    Bulk question = Bulk.random(2, 300_000);
    // As long as a busy machine may take; the end of the answer ends it sooner.
    TunnelSettings patient = End.QUICK.change().halfCloseLinger(Duration.ofSeconds(9)).build();
    try (Application answering =
            Application.that(
                destination -> {
                  question.expectFrom(destination);
                  BULK.sendTo(destination);
                });
        End source = End.start(service, tunnel.source(), b -> b.settings(patient));
        End destination = destination(answering.endpoint(), echo.endpoint())) {
      tunnel.destination().awaitSession();
      try (Peer client = source.client(SSH)) {
        question.sendTo(client);
        client.finish();
        BULK.expectAllFrom(client);
      }
      destination.watch().await(1, "ended SSH1");
    }
  }

  @Test
  void aSlowReaderKeepsOthersFromNothingUntilItsBound() throws IOException {
    CountDownLatch othersAreServed = new CountDownLatch(1);
    try (Application slow =
            Application.that(
                destination -> {
                  Deadline.await(othersAreServed, "the service of others");
                  BULK.expectAllFrom(destination);
                });
        End source = source(Dialect.V3);
        End destination = destination(slow.endpoint(), echo.endpoint())) {
      tunnel.destination().awaitSession();
      try (Peer client = source.client(SSH)) {
        BULK.sendTo(client);
        // All that has been sent waits before the slow application, within its bound of 4 MiB.
        destination.watch().awaitReceived(BULK.size());
        try (Peer other = source.client(WEB)) {
          Bulk.exchange(other, BULK, BULK);
        }
        othersAreServed.countDown();
      }
      slow.awaitConversation();
    }
  }

  @Test
  void whatAnApplicationDoesNotTakeStaysWithItsClient() throws IOException {
    int bound = 256 * 1024;
    Bulk many = Bulk.random(9, 64 << 20);
    CountDownLatch over = new CountDownLatch(1);
    TunnelSettings settings =
        End.QUICK.change().writeBuffer(bound).stallLimit(Duration.ofSeconds(1)).build();
    try (Application deaf =
            Application.that(destination -> Deadline.await(over, "the end of the test"));
        End source = source(Dialect.V3);
        End destination =
            End.start(
                service,
                tunnel.destination(),
                b ->
                    b.settings(settings)
                        .mapping(Map.of(SSH, deaf.endpoint(), WEB, echo.endpoint())))) {
      tunnel.destination().awaitSession();
      try (Peer client = source.client(SSH)) {
        CompletableFuture<Boolean> sending =
            Background.start(
                () -> {
                  many.sendTo(client);
                  return true;
                });
        // It blocks everybody, so after the stall limit it alone is reset.
        destination.watch().await(1, "ended SSH1/1#1: it took nothing for 1 s");
        client.awaitEnd();
        client.reset();
        Deadline.failure(sending, "sending all of it");
      }
      long relayed = tunnel.source().payloadBytes();
      assertTrue(relayed < (32 << 20), "bounds and socket buffers, not " + relayed + " bytes");
      try (Peer other = source.client(WEB)) {
        Bulk.exchange(other, BULK, BULK);
      }
      over.countDown();
    }
  }

  @Test
  void whatTheServiceDoesNotTakeStaysWithItsClient() throws IOException {
    Bulk many = Bulk.random(9, 64 << 20);
    TunnelSettings settings = End.QUICK.change().pingPeriod(Duration.ofMillis(200)).build();
    try (End source = End.start(service, tunnel.source(), b -> b.settings(settings));
        End destination = destination(nobody.endpoint(), echo.endpoint())) {
      tunnel.destination().awaitSession();
      tunnel.source().awaitPings(3);
      tunnel.source().stopReading();
      try (Peer client = source.client(WEB)) {
        CompletableFuture<Boolean> sending =
            Background.start(
                () -> {
                  many.sendTo(client);
                  return true;
                });
        // A service that answers no ping any more is given up.
        source.watch().await(1, "reconnecting: the service has sent nothing");
        client.awaitEnd();
        client.reset();
        Deadline.failure(sending, "sending all of it");
      }
      long read = source.watch().sentBytes();
      assertTrue(read < (32 << 20), "bounds and socket buffers, not " + read + " bytes");
      tunnel.source().resumeReading();
      tunnel.source().awaitSessions(2);
      try (Peer next = source.client(WEB)) {
        Bulk.exchange(next, BULK, BULK);
      }
      destination.watch().await(1, "ended WEB/1#1");
    }
  }

  private End source(Dialect dialect) {
    // V1 knows no services, so it has a tunnel of its own.
    if (dialect == Dialect.V1) {
      tunnel = TunnelOwner.openTunnel(service, "SSH1");
    }
    return End.start(service, tunnel.source(), b -> b.dialect(dialect));
  }

  private End destination(Endpoint ssh, Endpoint web) {
    return End.start(
        service,
        tunnel.destination(),
        b ->
            b.mapping(
                tunnel.services().size() == 1 ? Map.of(SSH, ssh) : Map.of(SSH, ssh, WEB, web)));
  }
}
