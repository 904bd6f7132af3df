package io.iottunnel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.AccessToken;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.testkit.secrets.Printed;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The engine over ports in memory: every event and effect finds its way, on one thread and without
 * a clock.
 */
class LocalProxyTest {

  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

  private final EngineBench bench = new EngineBench();

  @Test
  void theUpgradeCarriesTheTokensTheModeAndTheSubprotocol() {
    bench.source().start();

    var upgrade = bench.world.upgrades.get(0);
    assertEquals(List.of("service.example:443"), bench.world.dialed);
    assertEquals("/tunnel?local-proxy-mode=source", upgrade.pathAndQuery());
    assertEquals("aws.iot.securetunneling-3.0", upgrade.subprotocol());
    assertEquals(bench.token, upgrade.headers().get("access-token"));
    assertTrue(upgrade.headers().get("client-token").matches("[a-zA-Z0-9-]{32,128}"));
    Printed.add("an upgrade request", upgrade.toString());
  }

  @Test
  void aSourceCarriesBytesBothWays() throws Exception {
    bench.source().start();
    bench.world.greets("SSH");
    FakeStream client = bench.world.clientConnects();
    client.sends(HELLO);
    bench.world.sends(EngineBench.data(1, 1, "welcome"));

    assertEquals(
        List.of("StreamStart[service=SSH, stream=1, connection=1]", "Data SSH/1#1 5 B"),
        bench.world.received());
    assertEquals("welcome", new String(client.written(), StandardCharsets.US_ASCII));
  }

  @Test
  void aDestinationKeepsWhatArrivesWhileTheApplicationIsBeingReached() throws Exception {
    bench.destination().start();
    bench.world.greets("SSH");
    bench.world.sends(
        EngineBench.start(1, 1), EngineBench.data(1, 1, "one "), EngineBench.data(1, 1, "two"));
    FakeStream application = bench.world.applicationAccepts();
    application.sends(HELLO);

    assertEquals("one two", new String(application.written(), StandardCharsets.US_ASCII));
    assertEquals(List.of("Data SSH/1#1 5 B"), bench.world.received());
    assertTrue(bench.told.contains("connected SSH 127.0.0.1:22"), bench.told.toString());
  }

  @Test
  void anApplicationThatCannotBeReachedIsTriedAgainAndThenReset() throws Exception {
    bench.destination().start();
    bench.world.greets("SSH");
    bench.world.sends(EngineBench.start(1, 1));
    for (int attempt = 1; attempt <= 6; attempt++) {
      assertEquals(attempt, bench.world.connects.size());
      bench.world.applicationRefuses(new UnreachableException("Connection refused"));
      bench.timers.pass(2_500);
    }

    assertEquals(6, bench.world.connects.size());
    assertEquals(
        List.of("ConnectionReset[service=SSH, stream=1, connection=1]"), bench.world.received());
  }

  @Test
  void aClientOfADestinationBeforeThisOneGetsItsEnd() throws Exception {
    bench.destination().start();
    bench.world.greets("SSH");
    bench.world.sends(Message.of(MessageType.CONNECTION_START, "SSH", 1, 3));
    bench.world.applicationAccepts();

    bench.world.sends(EngineBench.data(1, 2, "anyone there?"), EngineBench.data(1, 2, "hello?"));

    assertEquals(
        List.of("ConnectionReset[service=SSH, stream=1, connection=2]"), bench.world.received());
  }

  @Test
  void pingsGoOutEveryPeriodAndTheirPongsKeepTheLinkAlive() {
    bench.source().start();
    bench.world.greets("SSH");
    bench.timers.pass(20_000);
    assertEquals(List.of(1L), bench.world.session().pings());
    bench.world.service().pong(ByteBuffer.allocate(8).putLong(0, 1));

    bench.timers.pass(62_500);

    assertEquals(2, bench.world.sessions.size(), "no pong came for three periods");
  }

  @Test
  void aLocalProxyNeedsAWayAndSomethingToRunOver() {
    assertThrows(
        IllegalStateException.class,
        () -> LocalProxy.builder(Mode.SOURCE, EngineBench.SERVICE, new AccessToken("x")).build());
  }

  @Test
  void aMistakeOfAnObserverEndsTheTunnelAndIsReported() {
    TunnelObserver careless =
        new TunnelObserver() {
          @Override
          public void mapped(Map<ServiceId, String> mapping) {
            throw new IllegalStateException("careless");
          }
        };
    LocalProxy proxy = bench.builder(Mode.SOURCE).observer(careless).build();
    proxy.start();
    bench.world.greets("SSH");

    assertTrue(proxy.ended().isCompletedExceptionally());
    assertEquals("aborted", bench.world.session().end());
  }
}
