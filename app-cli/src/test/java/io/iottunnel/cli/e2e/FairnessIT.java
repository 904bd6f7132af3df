package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.iottunnel.domain.ServiceId;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A keystroke beside as much as the tunnel carries, both ways at once. */
@ExtendWith(NothingLeftOpen.class)
@SuppressWarnings("try") // a destination is spoken to through the tunnel
class FairnessIT {

  private static final ServiceId SSH = new ServiceId("SSH1");
  private static final ServiceId WEB = new ServiceId("WEB");

  /** A measurement: the machine may be busy with other things in all rounds but one. */
  private static final int ROUNDS = 6;

  private static final int WARM_UP = 300;
  private static final int COUNT = 100;
  private static final Bulk PIECE = Bulk.random(1, 1 << 20);

  /** Several times what the buffers of the whole way hold in one direction. */
  private static final long MOST_AHEAD = 6 << 20;

  private ServiceEmulator service;
  private Application echo;
  private Application bulk;

  @BeforeEach
  void startBothSides() {
    service = ServiceEmulator.builder().socketBuffers(64 * 1024).start();
    echo = Application.echo();
    bulk = Application.that(FairnessIT::bothWaysUntilTheEnd);
  }

  @AfterEach
  void theJudgeFindsNothing() {
    bulk.close();
    echo.close();
    service.close();
  }

  /** Of the one service and of another. */
  @ParameterizedTest
  @ValueSource(strings = {"SSH1", "WEB"})
  void aKeystrokeBesideABulkTransferIsSoonBack(String bulkService) throws IOException {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    Tunnel tunnel = TunnelOwner.openTunnel(service, "SSH1", "WEB");
    try (End source = End.start(service, tunnel.source(), b -> {});
        End destination =
            End.start(
                service,
                tunnel.destination(),
                b -> b.mapping(Map.of(SSH, echo.endpoint(), WEB, bulk.endpoint())))) {
      tunnel.destination().awaitSession();
      try (Peer keyboard = source.client(SSH)) {
        RoundTrips.measure(keyboard, WARM_UP);
        List<String> rounds = new ArrayList<>();
        boolean fair = false;
        while (!fair && rounds.size() < ROUNDS) {
          RoundTrips idle = RoundTrips.measure(keyboard, COUNT);
          Beside beside = besideABulkTransfer(source, new ServiceId(bulkService), keyboard);
          rounds.add("idle %s, beside the transfer %s".formatted(idle, beside));
          assertTrue(beside.ahead() < MOST_AHEAD, rounds.toString());
          Duration limit = idle.median().multipliedBy(10).plusMillis(20);
          fair = beside.trips().quantile(95).compareTo(limit) < 0;
        }
        int processors = Runtime.getRuntime().availableProcessors();
        assumeTrue(fair || load <= processors, "too busy to measure: " + rounds);
        assertTrue(fair, rounds.toString());
      }
    }
  }

  /**
   * What keystrokes met.
   *
   * @param trips how long they took
   * @param ahead how many bytes of the transfer arrived at the source meanwhile, in the middle:
   *     what waits on the way, however fast the machine is
   */
  private record Beside(RoundTrips trips, long ahead) {}

  private static Beside besideABulkTransfer(End source, ServiceId service, Peer keyboard)
      throws IOException {
    try (Peer client = source.client(service)) {
      CompletableFuture<Boolean> transfer =
          Background.start(
              () -> {
                bothWaysUntilTheEnd(client);
                return true;
              });
      Watch watch = source.watch();
      watch.awaitReceived(watch.receivedBytes() + 2L * PIECE.size());
      long[] ahead = new long[10];
      for (int i = 0; i < ahead.length; i++) {
        long before = watch.receivedBytes();
        RoundTrips.measure(keyboard, 1);
        ahead[i] = watch.receivedBytes() - before;
      }
      Arrays.sort(ahead);
      RoundTrips trips = RoundTrips.measure(keyboard, COUNT);
      client.reset();
      Deadline.get(transfer, "the end of the transfer");
      return new Beside(trips, ahead[ahead.length / 2]);
    }
  }

  private static void bothWaysUntilTheEnd(Peer peer) throws IOException {
    CompletableFuture<Boolean> sending =
        Background.start(
            () -> {
              while (true) {
                PIECE.sendTo(peer);
              }
            });
    peer.awaitEnd();
    peer.close();
    Deadline.failure(sending, "sending without end");
  }
}
