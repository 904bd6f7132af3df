package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.ServiceId;
import io.iottunnel.engine.LocalProxy;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.wire.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What V3 is for: many connections in one stream, many streams in one tunnel. */
@ExtendWith(NothingLeftOpen.class)
@SuppressWarnings("try") // a destination is spoken to through the tunnel
class ManyClientsIT {

  private static final ServiceId SSH = new ServiceId("SSH1");
  private static final int MEGABYTE = 1 << 20;

  @Test
  void aHundredAndTwentyClientsShareOneStream() {
    int clients = 120;
    CountDownLatch allThere = new CountDownLatch(clients);
    try (ServiceEmulator service = ServiceEmulator.start();
        Application application =
            Application.that(
                destination -> {
                  allThere.countDown();
                  Deadline.await(allThere, "all clients at once");
                  destination.in().transferTo(destination.out());
                })) {
      Tunnel tunnel = TunnelOwner.openTunnel(service, "SSH1");
      try (End source = End.start(service, tunnel.source(), b -> {});
          End destination = End.start(service, tunnel.destination(), mapped(SSH, application))) {
        tunnel.destination().awaitSession();
        List<CompletableFuture<Boolean>> echoes = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
          Bulk bulk = Bulk.random(i, 20_000 + i);
          echoes.add(Background.start(() -> echo(source.client(SSH), bulk)));
        }
        echoes.forEach(echo -> Deadline.get(echo, "an echo"));
        source.watch().await(clients, "ended SSH1/1#");
        destination.watch().await(clients, "ended SSH1/1#");
      }
      assertEquals(1, started(tunnel, MessageType.STREAM_START));
      assertEquals(clients - 1, started(tunnel, MessageType.CONNECTION_START));
    }
  }

  @Test
  void threeServicesCarrySixMegabytesEachWayAtOnce() {
    List<ServiceId> ids = List.of(SSH, new ServiceId("WEB_1"), new ServiceId("VNC:0"));
    List<Bulk> up = bulks(1);
    List<Bulk> down = bulks(4);
    try (ServiceEmulator service = ServiceEmulator.start();
        Application first = exchanging(down.get(0), up.get(0));
        Application second = exchanging(down.get(1), up.get(1));
        Application third = exchanging(down.get(2), up.get(2))) {
      Tunnel tunnel =
          TunnelOwner.openTunnel(service, ids.stream().map(ServiceId::name).toArray(String[]::new));
      try (End source = End.start(service, tunnel.source(), b -> {});
          End destination =
              End.start(
                  service,
                  tunnel.destination(),
                  b ->
                      b.mapping(
                          Map.of(
                              ids.get(0), first.endpoint(),
                              ids.get(1), second.endpoint(),
                              ids.get(2), third.endpoint())))) {
        tunnel.destination().awaitSession();
        List<CompletableFuture<Boolean>> exchanges = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
          int which = i;
          exchanges.add(
              Background.start(
                  () -> {
                    try (Peer client = source.client(ids.get(which))) {
                      Bulk.exchange(client, up.get(which), down.get(which));
                    }
                    return true;
                  }));
        }
        exchanges.forEach(exchange -> Deadline.get(exchange, "an exchange"));
        List.of(first, second, third).forEach(Application::awaitConversation);
      }
    }
  }

  @Test
  void hundredsOfClientsThatResetAtOnceLeaveNothingBehind() throws Exception {
    try (ServiceEmulator service = ServiceEmulator.start();
        Application application = Application.echo()) {
      Tunnel tunnel = TunnelOwner.openTunnel(service, "SSH1");
      try (End source = End.start(service, tunnel.source(), b -> {});
          End destination = End.start(service, tunnel.destination(), mapped(SSH, application))) {
        tunnel.destination().awaitSession();
        for (int round = 0; round < 5; round++) {
          for (int i = 0; i < 100; i++) {
            source.client(SSH).reset();
          }
          // All rounds together are more than may be connected at once.
          echo(source.client(SSH), Bulk.random(round, 50_000));
        }
        assertEquals(0, source.watch().count("refused"));
        assertEquals(0, destination.watch().count("refused"));
      }
    }
  }

  private static boolean echo(Peer client, Bulk bulk) throws Exception {
    try (client) {
      Bulk.exchange(client, bulk, bulk);
    }
    return true;
  }

  private static Consumer<LocalProxy.Builder> mapped(ServiceId service, Application application) {
    return b -> b.mapping(Map.of(service, application.endpoint()));
  }

  private static List<Bulk> bulks(long seed) {
    return List.of(
        Bulk.random(seed, 6 * MEGABYTE),
        Bulk.random(seed + 1, 6 * MEGABYTE),
        Bulk.random(seed + 2, 6 * MEGABYTE));
  }

  private static Application exchanging(Bulk out, Bulk in) {
    return Application.that(destination -> Bulk.exchange(destination, out, in));
  }

  private static long started(Tunnel tunnel, MessageType type) {
    return tunnel.source().messages().stream().filter(seen -> seen.message().is(type)).count();
  }
}
