package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.iottunnel.domain.Mode;
import io.iottunnel.domain.RetriesUsedUpException;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.emulator.TunnelEnd;
import io.iottunnel.testkit.emulator.TunnelEnd.Cut;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connection to the service breaks at any byte of it, again and again. */
@ExtendWith(NothingLeftOpen.class)
class CutsIT {

  private static final ServiceId SSH = new ServiceId("SSH1");
  private static final Bulk BULK = Bulk.random(1, 300_000);
  private static final int CUTS = 6;

  private ServiceEmulator service;
  private Application echo;
  private Tunnel tunnel;

  @BeforeEach
  void openTunnel() {
    service = ServiceEmulator.start();
    echo = Application.echo();
    tunnel = TunnelOwner.openTunnel(service, "SSH1");
  }

  @AfterEach
  void theJudgeFindsNothing() {
    echo.close();
    service.close();
  }

  @ParameterizedTest
  @CsvSource({"SOURCE,FIN,1", "SOURCE,RST,2", "DESTINATION,FIN,3", "DESTINATION,RST,4"})
  void noByteOfAConnectionIsWrongWhereverItIsCut(Mode mode, Cut how, long seed) throws IOException {
    Random random = new Random(seed);
    TunnelEnd victim = tunnel.end(mode);
    try (End source = End.start(service, tunnel.source(), b -> {});
        End destination =
            End.start(
                service, tunnel.destination(), b -> b.mapping(Map.of(SSH, echo.endpoint())))) {
      tunnel.destination().awaitSession();
      for (int i = 1; i <= CUTS; i++) {
        try (Peer client = source.client(SSH)) {
          byte[] first = {(byte) i};
          client.send(first);
          assertEquals(i, client.receive(1)[0]);
          // From within the header of a record to beyond the fourth message.
          long at = random.nextInt(i % 3 == 0 ? 100 : 250_000);
          if (i % 2 == 0) {
            victim.cutAfterSending(at, how);
          } else {
            victim.cutAfterReceiving(at, how);
          }
          loadUntilTheEnd(client);
        }
        victim.awaitSessions(i + 1);
        echo(source);
      }
      destination.watch().await(2 * CUTS, "ended SSH1/");
    }
  }

  @Test
  void aServiceThatDropsEverySessionBehindItsUpgradeUsesTheRetriesUp() {
    int retries = 4;
    service.dropNextSessions(retries + 1);
    try (End source =
        End.start(
            service,
            tunnel.source(),
            b -> b.settings(End.QUICK.change().connectRetries(retries).build()))) {
      assertInstanceOf(RetriesUsedUpException.class, source.failure());
      assertEquals(retries, source.watch().count("reconnecting"));
    }
    assertEquals(retries + 1, service.handshakes().size());
  }

  /** Sends {@link #BULK} again and again until the end, and checks what comes back meanwhile. */
  private static void loadUntilTheEnd(Peer client) {
    CompletableFuture<Boolean> sending =
        Background.start(
            () -> {
              while (true) {
                BULK.sendTo(client);
              }
            });
    int correct = 0;
    try {
      while (true) {
        byte[] piece = client.in().readNBytes(1 + client.in().available());
        if (piece.length == 0) {
          break;
        }
        BULK.expectPiece(correct, piece);
        correct += piece.length;
      }
      client.reset();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("no end came, behind " + correct + " bytes", e);
    } catch (IOException reset) {
      // The end, too.
    }
    Deadline.failure(sending, "sending to an ended connection");
  }

  private static void echo(End source) throws IOException {
    try (Peer client = source.client(SSH)) {
      Bulk.exchange(client, BULK, BULK);
    }
  }
}
