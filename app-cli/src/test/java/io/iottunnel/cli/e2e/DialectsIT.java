package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.websocket.Chop;
import io.iottunnel.testkit.wire.Message;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sources of every age before a destination of today, whatever the service does to frames. */
@ExtendWith(NothingLeftOpen.class)
@SuppressWarnings("try") // a destination is spoken to through the tunnel
class DialectsIT {

  private static final Bulk BULK = Bulk.random(1, 150_000);

  static Stream<Arguments> tunnels() {
    return Stream.of(Dialect.values())
        .flatMap(
            dialect ->
                Stream.of(List.of("SSH1"), List.<String>of())
                    .flatMap(
                        services ->
                            Stream.of(Chop.NONE, Chop.upTo(5, 42))
                                .map(chop -> Arguments.of(dialect, services, chop))));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("tunnels")
  void clientsAreServedOneAfterTheOther(Dialect dialect, List<String> services, Chop frames)
      throws IOException {
    try (ServiceEmulator service = ServiceEmulator.builder().chopFrames(frames).start();
        Application echo = Application.echo()) {
      Tunnel tunnel = TunnelOwner.openTunnel(service, services.toArray(String[]::new));
      ServiceId id = services.isEmpty() ? ServiceId.UNNAMED : new ServiceId(services.get(0));
      try (End source = End.start(service, tunnel.source(), b -> b.dialect(dialect));
          End destination =
              End.start(
                  service,
                  tunnel.destination(),
                  b -> b.mapping(Map.of(ServiceId.UNNAMED, echo.endpoint())))) {
        tunnel.destination().awaitSession();
        for (int client = 1; client <= 3; client++) {
          try (Peer peer = source.client(id)) {
            Bulk.exchange(peer, BULK, BULK);
          }
          source.watch().await(client, "ended ");
          destination.watch().await(client, "ended ");
        }
      }
      Message first = tunnel.source().messages().get(0).message();
      assertEquals(dialect == Dialect.V1 ? "" : id.name(), first.serviceId());
      assertEquals(dialect == Dialect.V3 ? 1 : 0, first.connectionId());
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("tunnels")
  void aSecondClientIsTurnedAwayWhereOnlyOneCanBe(
      Dialect dialect, List<String> services, Chop frames) throws IOException {
    try (ServiceEmulator service = ServiceEmulator.builder().chopFrames(frames).start();
        Application echo = Application.echo()) {
      Tunnel tunnel = TunnelOwner.openTunnel(service, services.toArray(String[]::new));
      ServiceId id = services.isEmpty() ? ServiceId.UNNAMED : new ServiceId(services.get(0));
      try (End source = End.start(service, tunnel.source(), b -> b.dialect(dialect));
          End destination =
              End.start(
                  service,
                  tunnel.destination(),
                  b -> b.mapping(Map.of(ServiceId.UNNAMED, echo.endpoint())))) {
        tunnel.destination().awaitSession();
        try (Peer first = source.client(id)) {
          Bulk.exchange(first, BULK, BULK);
          try (Peer second = source.client(id)) {
            if (dialect.multiplexes()) {
              Bulk.exchange(second, BULK, BULK);
            } else {
              second.awaitEnd();
            }
          }
          Bulk.exchange(first, BULK, BULK);
        }
        assertEquals(dialect.multiplexes() ? 0 : 1, source.watch().count("refused"));
      }
    }
  }
}
