package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.TunnelSettings;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.UnusedPort;
import io.iottunnel.testkit.contract.DeadAddress;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Applications that are not reached in every manner at once, and one that is. */
@ExtendWith(NothingLeftOpen.class)
class UnreachableApplicationsIT {

  private static final ServiceId GOOD = new ServiceId("GOOD");
  private static final List<ServiceId> BAD =
      List.of(new ServiceId("REFUSES"), new ServiceId("HANGS"), new ServiceId("NAMELESS"));

  private static final int CLIENTS_OF_EACH = 4;
  private static final int WARM_UP = 300;
  private static final int COUNT = 200;

  /** A measurement: the machine may be busy with other things in all rounds but one. */
  private static final int ROUNDS = 6;

  @Test
  void theyDelayNobodyElse() throws IOException {
    TunnelSettings settings = End.QUICK.change().pingPeriod(Duration.ofMillis(100)).build();
    try (ServiceEmulator service = ServiceEmulator.start();
        Application echo = Application.echo();
        UnusedPort nobody = UnusedPort.keep();
        DeadAddress silent = DeadAddress.required(InetAddress.getLoopbackAddress())) {
      Tunnel tunnel = TunnelOwner.openTunnel(service, "GOOD", "REFUSES", "HANGS", "NAMELESS");
      Map<ServiceId, Endpoint> mapping =
          Map.of(
              GOOD,
              echo.endpoint(),
              BAD.get(0),
              nobody.endpoint(),
              BAD.get(1),
              silent.endpoint(),
              BAD.get(2),
              Endpoint.tcp("no-such-host.invalid", 22));
      try (End source = End.start(service, tunnel.source(), b -> {});
          End destination =
              End.start(service, tunnel.destination(), b -> b.settings(settings).mapping(mapping));
          Peer good = clientOnceReady(tunnel, source)) {
        RoundTrips.measure(good, WARM_UP);
        List<String> rounds = new ArrayList<>();
        boolean undisturbed = false;
        while (!undisturbed && rounds.size() < ROUNDS) {
          RoundTrips alone = RoundTrips.measure(good, COUNT);
          RoundTrips beside = besideTheBad(source, tunnel, good);
          rounds.add("alone %s, beside them %s".formatted(alone, beside));
          undisturbed = beside.median().compareTo(alone.median().multipliedBy(2)) < 0;
        }
        assertTrue(undisturbed, rounds.toString());
        destination.watch().await(1, "unreachable REFUSES");
      }
    }
  }

  private static Peer clientOnceReady(Tunnel tunnel, End source) {
    tunnel.destination().awaitSession();
    return source.client(GOOD);
  }

  private static RoundTrips besideTheBad(End source, Tunnel tunnel, Peer good) throws IOException {
    List<Peer> bad = new ArrayList<>();
    for (int i = 0; i < CLIENTS_OF_EACH; i++) {
      for (ServiceId service : BAD) {
        Peer client = source.client(service);
        client.send(new byte[] {1, 2, 3});
        bad.add(client);
      }
    }
    RoundTrips beside = RoundTrips.measure(good, COUNT);
    tunnel.destination().awaitPings(tunnel.destination().pings() + 2);
    for (Peer client : bad) {
      client.reset();
    }
    return beside;
  }
}
