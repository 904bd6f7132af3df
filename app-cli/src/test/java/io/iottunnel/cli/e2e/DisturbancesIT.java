package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.ClientToken;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.engine.LocalProxy;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.emulator.TunnelEnd;
import io.iottunnel.testkit.emulator.TunnelEnd.Cut;
import io.iottunnel.testkit.secrets.Secrets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What breaks on the way, and who goes on in spite of it. */
@ExtendWith(NothingLeftOpen.class)
@SuppressWarnings("try") // a destination is spoken to through the tunnel
class DisturbancesIT {

  private static final ServiceId SSH = new ServiceId("SSH1");
  private static final Bulk BULK = Bulk.random(1, 100_000);
  private static final int CLIENTS = 4;

  private final ClientToken clientToken = new ClientToken(Secrets.token());
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
  @EnumSource
  void aSourceOutlivesItsConnectionUnderLoad(Cut cut) throws IOException {
    try (End source = source();
        End destination = destination()) {
      tunnel.destination().awaitSession();
      List<CompletableFuture<Boolean>> loads = load(source, CLIENTS);

      tunnel.source().cut(cut);

      loads.forEach(load -> Deadline.get(load, "the end of a client under load"));
      tunnel.source().awaitSessions(2);
      echo(source);
      assertEquals(1, source.watch().listenings().size(), "the listener stays");
      assertSameClientToken();
      destination.watch().await(CLIENTS, "ended SSH1/1#");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDestinationOutlivesItsConnectionUnderLoad(Cut cut) throws IOException {
    try (End source = source();
        End destination = destination()) {
      tunnel.destination().awaitSession();
      List<CompletableFuture<Boolean>> loads = load(source, CLIENTS);

      tunnel.destination().cut(cut);

      destination.watch().await(CLIENTS, "ended SSH1/1#");
      tunnel.destination().awaitSessions(2);
      // The destination that came back answers what it does not know, so that nobody hangs.
      loads.forEach(load -> Deadline.get(load, "the end of a client under load"));
      echo(source);
      assertSameClientToken();
    }
  }

  @Test
  void clientsThatComeMeanwhileAreServedAfterReconnecting() throws IOException {
    try (End source = source();
        End destination = destination()) {
      tunnel.destination().awaitSession();
      echo(source);
      service.refuseNextUpgrades(3, 503);
      tunnel.source().cut(Cut.RST);
      source.watch().await(1, "reconnecting");

      echo(source);

      assertEquals(2, tunnel.source().sessions());
      assertEquals(List.of("SSH1=" + source.watch().port(SSH)), source.watch().listenings());
      assertEquals(1, destination.watch().count("ended SSH1/1#"));
    }
  }

  @Test
  void aSessionResetEndsStreamsAndNothingElse() throws IOException {
    try (End source = source();
        End destination = destination()) {
      tunnel.destination().awaitSession();
      List<CompletableFuture<Boolean>> loads = load(source, CLIENTS);

      tunnel.resetSession();

      loads.forEach(load -> Deadline.get(load, "the end of a client under load"));
      destination.watch().await(CLIENTS, "ended SSH1/1#");
      echo(source);
      assertEquals(1, tunnel.source().sessions());
      assertEquals(1, tunnel.destination().sessions());
    }
  }

  @Test
  void aSourceThatIsRestartedFindsItsDestinationReady() throws IOException {
    try (End destination = destination()) {
      tunnel.destination().awaitSession();
      try (End source = source()) {
        echo(source);
      }
      tunnel.source().expectNewProcess();
      try (End source = source()) {
        tunnel.source().awaitSessions(2);
        echo(source);
        echo(source);
      }
      assertEquals(1, tunnel.destination().sessions());
    }
  }

  @Test
  void aSourceOutlivesItsDestination() throws IOException {
    try (End source = source()) {
      try (End destination = destination()) {
        tunnel.destination().awaitSession();
        echo(source);
      }
      tunnel.destination().expectNewProcess();
      try (End destination = destination()) {
        tunnel.destination().awaitSessions(2);
        echo(source);
        echo(source);
      }
      assertEquals(1, tunnel.source().sessions());
    }
  }

  @Test
  void aClientOfADestinationThatIsGoneDoesNotHang() throws IOException {
    try (End source = source();
        Peer first = firstClient(source)) {
      tunnel.destination().expectNewProcess();
      try (End destination = destination()) {
        tunnel.destination().awaitSessions(2);
        // The stream lives on with another client's connection, of which the first knows nothing.
        echo(source);
        BULK.sendTo(first);
        first.awaitEnd();
        echo(source);
      }
    }
  }

  /** A client whose destination is gone, which the client has not noticed. */
  private Peer firstClient(End source) throws IOException {
    try (End destination = destination()) {
      tunnel.destination().awaitSession();
      Peer client = source.client(SSH);
      Bulk.exchange(client, BULK, BULK);
      tunnel.destination().cut(Cut.RST);
      destination.watch().await(1, "ended SSH1/1#1");
      return client;
    }
  }

  @Test
  void aSessionThatDiesRightBehindItsUpgradeIsTriedAgain() throws IOException {
    service.dropNextSessions(3);
    try (End source = source();
        End destination = destination()) {
      tunnel.source().awaitSession();
      tunnel.destination().awaitSession();
      echo(source);
      assertTrue(
          source.watch().count("reconnecting") + destination.watch().count("reconnecting") >= 3);
      assertFalse(source.isOver());
    }
  }

  private void assertSameClientToken() {
    for (TunnelEnd end : List.of(tunnel.source(), tunnel.destination())) {
      assertEquals(
          1,
          service.handshakes().stream()
              .filter(handshake -> handshake.accessToken().orElseThrow().equals(end.token()))
              .map(handshake -> handshake.clientToken().orElseThrow())
              .distinct()
              .count());
    }
  }

  private End source() {
    return End.start(service, tunnel.source(), b -> b.clientToken(clientToken));
  }

  private End destination() {
    Consumer<LocalProxy.Builder> mapped =
        b -> b.clientToken(clientToken).mapping(Map.of(SSH, echo.endpoint()));
    return End.start(service, tunnel.destination(), mapped);
  }

  private static void echo(End source) throws IOException {
    try (Peer client = source.client(SSH)) {
      Bulk.exchange(client, BULK, BULK);
    }
  }

  /** Clients that send without end, each of which has been heard at least once. */
  private static List<CompletableFuture<Boolean>> load(End source, int clients) throws IOException {
    List<CompletableFuture<Boolean>> loads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      Peer client = source.client(SSH);
      Bulk.exchange(client, BULK, BULK);
      loads.add(Background.start(() -> sendUntilTheEnd(client)));
    }
    return loads;
  }

  private static boolean sendUntilTheEnd(Peer client) throws IOException {
    CompletableFuture<Boolean> sending =
        Background.start(
            () -> {
              while (true) {
                BULK.sendTo(client);
              }
            });
    client.awaitEnd();
    client.close();
    Deadline.failure(sending, "sending to an ended connection");
    return true;
  }
}
