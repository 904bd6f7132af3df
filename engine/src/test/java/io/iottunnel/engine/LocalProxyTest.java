package io.iottunnel.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.iottunnel.domain.AccessToken;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.tunnel.Outcome;
import io.iottunnel.domain.tunnel.TunnelSettings;
import io.iottunnel.ports.SessionEnd;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * The engine over ports in memory: every event and effect finds its way, on one thread and without
 * a clock.
 */
class LocalProxyTest {

  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

  private final FakeWorld world = new FakeWorld();
  private final FakeTimers timers = new FakeTimers();
  private final List<String> told = new ArrayList<>();

  @Test
  void theUpgradeCarriesTheTokensTheModeAndTheSubprotocol() {
    source().start();

    var upgrade = world.upgrades.get(0);
    assertEquals(List.of("service.example:443"), world.dialed);
    assertEquals("/tunnel?local-proxy-mode=source", upgrade.pathAndQuery());
    assertEquals("aws.iot.securetunneling-3.0", upgrade.subprotocol());
    assertEquals("the-token", upgrade.headers().get("access-token"));
    assertTrue(upgrade.headers().get("client-token").matches("[a-zA-Z0-9-]{32,128}"));
    assertFalse(upgrade.toString().contains("the-token"));
  }

  @Test
  void aSourceCarriesBytesBothWays() throws Exception {
    source().start();
    world.greets("SSH");
    FakeStream client = world.clientConnects();
    client.sends(HELLO);
    world.sends(data(1, 1, "welcome"));

    assertEquals(
        List.of("StreamStart[service=SSH, stream=1, connection=1]", "Data SSH/1#1 5 B"),
        world.received());
    assertEquals("welcome", new String(client.written(), StandardCharsets.US_ASCII));
  }

  @Test
  void aDestinationKeepsWhatArrivesWhileTheApplicationIsBeingReached() throws Exception {
    destination().start();
    world.greets("SSH");
    world.sends(start(1, 1), data(1, 1, "one "), data(1, 1, "two"));
    FakeStream application = world.applicationAccepts();
    application.sends(HELLO);

    assertEquals("one two", new String(application.written(), StandardCharsets.US_ASCII));
    assertEquals(List.of("Data SSH/1#1 5 B"), world.received());
    assertTrue(told.contains("connected SSH 127.0.0.1:22"), told.toString());
  }

  @Test
  void bytesThatTheLocalSideDoesNotTakeAtOnceFollowInOrder() {
    source().start();
    world.greets("SSH");
    FakeStream client = world.clientConnects();
    client.takesAtMost(3);
    world.sends(data(1, 1, "abcdef"), data(1, 1, "ghi"));
    assertEquals("abc", new String(client.written(), StandardCharsets.US_ASCII));

    client.takesAtMost(4);
    client.takesAtMost(100);

    assertEquals("abcdefghi", new String(client.written(), StandardCharsets.US_ASCII));
  }

  @Test
  void theNextFrameIsAskedForWhenTheLastOneIsDone() {
    source().start();
    assertEquals(1, world.session().asked());

    world.greets("SSH");

    assertEquals(2, world.session().asked());
  }

  @Test
  void aPeerThatResetsGetsItsBytesDeliveredAndTheClientItsEnd() {
    source().start();
    world.greets("SSH");
    FakeStream client = world.clientConnects();
    client.takesAtMost(3);
    world.sends(data(1, 1, "abcdef"), Message.of(MessageType.CONNECTION_RESET, "SSH", 1, 1));
    assertFalse(client.outputIsShut());

    client.takesAtMost(100);
    assertTrue(client.outputIsShut());
    assertEquals("", client.end());

    client.finishes();
    assertEquals("closed", client.end());
    assertEquals("abcdef", new String(client.written(), StandardCharsets.US_ASCII));
  }

  @Test
  void anApplicationThatCannotBeReachedIsTriedAgainAndThenReset() throws Exception {
    destination().start();
    world.greets("SSH");
    world.sends(start(1, 1));
    for (int attempt = 1; attempt <= 6; attempt++) {
      assertEquals(attempt, world.connects.size());
      world.applicationRefuses(new UnreachableException("Connection refused"));
      timers.pass(2_500);
    }

    assertEquals(6, world.connects.size());
    assertEquals(List.of("ConnectionReset[service=SSH, stream=1, connection=1]"), world.received());
  }

  @Test
  void aLostSessionEndsItsConnectionsAndTheNextOneServesNewClients() throws Exception {
    source().start();
    world.greets("SSH");
    FakeStream before = world.clientConnects();
    world.breaks();

    assertTrue(before.outputIsShut());
    assertEquals("paused", world.listeners.values().iterator().next().state);

    timers.pass(2_500);
    assertEquals(2, world.sessions.size());
    world.greets("SSH");
    assertEquals("listening", world.listeners.values().iterator().next().state);
    world.clientConnects();

    assertEquals(List.of("StreamStart[service=SSH, stream=2, connection=1]"), world.received());
    assertEquals(
        world.upgrades.get(0).headers(), world.upgrades.get(1).headers(), "the same tokens");
  }

  @Test
  void whatAnOldSessionStillSaysIsNotHeard() {
    source().start();
    world.greets("SSH");
    var old = world.service();
    world.sends(Message.of(MessageType.STREAM_START, "SSH", 9, 1));
    timers.pass(2_500);

    old.ended(new SessionEnd.Closed(1000, ""));

    assertEquals(2, world.sessions.size());
    assertFalse(told.stream().anyMatch(line -> line.startsWith("ended")), told.toString());
  }

  @Test
  void nonsenseClosesTheSessionWith1002AndReconnects() {
    source().start();
    world.service().frame(java.nio.ByteBuffer.wrap(new byte[] {0, 3, 0x2a, 1, (byte) 0xff}));

    assertTrue(world.session().end().startsWith("1002"), world.session().end());
    timers.pass(2_500);
    assertEquals(2, world.sessions.size());
  }

  @Test
  void aServiceThatCannotBeReachedIsTriedAgainForEver() {
    world.isUnreachable(new UnreachableException("Connection refused"));
    CompletableFuture<Outcome> ended = source().start();
    timers.pass(3_600_000);

    assertTrue(world.dialed.size() > 30, world.dialed.size() + " attempts");
    assertFalse(ended.isDone());

    world.isReachable();
    timers.pass(120_000);
    assertFalse(world.sessions.isEmpty());
  }

  @Test
  void aFinalRefusalEndsIt() {
    ConfigurationException reason = new ConfigurationException("no");
    world.isUnreachable(reason);

    CompletableFuture<Outcome> ended = source().start();

    assertEquals(new Outcome.Failed(reason), ended.join());
    assertEquals(0, timers.set());
  }

  @Test
  void anAdapterThatFailsInAWayItMustNotCostsARetryAndNotTheProcess() {
    world.isUnreachable(new IllegalStateException("a mistake of an adapter"));
    CompletableFuture<Outcome> ended = source().start();

    assertFalse(ended.isDone());
    assertTrue(
        told.stream().anyMatch(line -> line.contains("a mistake of an adapter")), told.toString());
  }

  @Test
  void stoppingDeliversThenClosesTheWebSocketAndTheListeners() throws Exception {
    LocalProxy proxy = source();
    proxy.start();
    world.greets("SSH");
    FakeStream client = world.clientConnects();
    proxy.stop();
    assertTrue(client.outputIsShut());
    assertEquals("", world.session().end(), "the client has not finished yet");

    client.finishes();
    assertEquals("1000", world.session().end());
    assertFalse(proxy.ended().isDone(), "the close frame is on its way");

    world.service().ended(new SessionEnd.Closed(1000, ""));
    assertEquals(new Outcome.Stopped(), proxy.ended().join());
    assertEquals("closed", world.listeners.values().iterator().next().state);
    assertEquals(
        List.of(
            "StreamStart[service=SSH, stream=1, connection=1]",
            "ConnectionReset[service=SSH, stream=1, connection=1]"),
        world.received());
  }

  @Test
  void stoppingWaitsForNoOneForEver() {
    LocalProxy proxy = source();
    proxy.start();
    world.greets("SSH");
    world.clientConnects();
    proxy.stop();

    timers.pass(2_000);
    assertEquals("1000", world.session().end(), "the client never finished");
    timers.pass(2_500);

    assertEquals("aborted", world.session().end(), "the service never answered");
  }

  @Test
  void stoppingWhileTheServiceKeepsSilentGivesTheAttemptUp() {
    world.keepsSilent();
    LocalProxy proxy = source();
    proxy.start();
    proxy.stop();

    assertTrue(world.opening().isCancelled());
    assertEquals(new Outcome.Stopped(), proxy.ended().join());
  }

  @Test
  void aTunnelThatIsClosedEndsIt() {
    CompletableFuture<Outcome> ended = source().start();
    world.greets("SSH");
    world.service().ended(new SessionEnd.Closed(1000, "over"));

    assertInstanceOf(Outcome.TunnelClosed.class, ended.join());
  }

  @Test
  void aTunnelThatIsClosedEndsItOnceEverythingIsDelivered() {
    CompletableFuture<Outcome> ended = source().start();
    world.greets("SSH");
    FakeStream client = world.clientConnects();
    client.takesAtMost(3);
    world.sends(data(1, 1, "abcdef"));

    world.service().ended(new SessionEnd.Closed(1000, "Tunnel is closed"));
    assertFalse(ended.isDone());
    client.takesAtMost(100);
    client.finishes();

    assertEquals("abcdef", new String(client.written(), StandardCharsets.US_ASCII));
    assertEquals("closed", client.end());
    assertInstanceOf(Outcome.TunnelClosed.class, ended.join());
  }

  @Test
  void aClosedTunnelWaitsForNoOneForEver() {
    CompletableFuture<Outcome> ended = source().start();
    world.greets("SSH");
    FakeStream client = world.clientConnects();
    client.takesAtMost(3);
    world.sends(data(1, 1, "abcdef"));

    world.service().ended(new SessionEnd.Closed(1000, "Tunnel is closed"));
    timers.pass(2_000);

    assertEquals("aborted", client.end());
    assertInstanceOf(Outcome.TunnelClosed.class, ended.join());
  }

  @Test
  void anApplicationThatFirstWantsItsAnswerTakenGetsTheLastBytes() throws Exception {
    destination().start();
    world.greets("SSH");
    world.sends(start(1, 1));
    FakeStream application = world.applicationAccepts();
    application.takesAtMost(3);
    world.sends(data(1, 1, "abcdef"), Message.of(MessageType.CONNECTION_RESET, "SSH", 1, 1));

    application.sends(HELLO);

    assertTrue(application.allIsRead());
    assertEquals(List.of(), world.received());
  }

  @Test
  void aClientOfADestinationBeforeThisOneGetsItsEnd() throws Exception {
    destination().start();
    world.greets("SSH");
    world.sends(Message.of(MessageType.CONNECTION_START, "SSH", 1, 3));
    world.applicationAccepts();

    world.sends(data(1, 2, "anyone there?"), data(1, 2, "hello?"));

    assertEquals(List.of("ConnectionReset[service=SSH, stream=1, connection=2]"), world.received());
  }

  @Test
  void pingsGoOutEveryPeriodAndTheirPongsKeepTheLinkAlive() {
    source().start();
    world.greets("SSH");
    timers.pass(20_000);
    assertEquals(List.of(1L), world.session().pings());
    world.service().pong(java.nio.ByteBuffer.allocate(8).putLong(0, 1));

    timers.pass(62_500);

    assertEquals(2, world.sessions.size(), "no pong came for three periods");
  }

  @Test
  void aLocalProxyNeedsAWayAndSomethingToRunOver() {
    assertThrows(
        IllegalStateException.class,
        () -> LocalProxy.builder(Mode.SOURCE, service(), new AccessToken("x")).build());
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
    LocalProxy proxy = builder(Mode.SOURCE).observer(careless).build();
    proxy.start();
    world.greets("SSH");

    assertTrue(proxy.ended().isCompletedExceptionally());
    assertEquals("aborted", world.session().end());
  }

  @Test
  void readingPausesWhileTheServiceDoesNotTakeAndEveryByteFollows() throws Exception {
    world.keepsSilent();
    source().start();
    FakeSession session = new FakeSession();
    world.sessions.add(session);
    world.opening().complete(session);
    world.greets("SSH");
    FakeStream client = world.clientConnects();
    session.takesFrame();
    byte[] much = new byte[200_000];
    client.sends(much);

    assertEquals(2, session.sent().size(), "one message is on its way, the rest is not read");

    while (session.sent().size() < 5) {
      session.takesFrame();
    }
    assertArrayEquals(
        new Object[] {"Data SSH/1#1 64512 B", "Data SSH/1#1 6464 B"},
        new Object[] {world.received().get(1), world.received().get(4)});
  }

  @Test
  void whatAnOldSessionSentMakesNoRoomInTheNextOne() {
    world.keepsSilent();
    builder(Mode.SOURCE)
        .settings(TunnelSettings.DEFAULTS.change().sendQueue(1).build())
        .build()
        .start();
    FakeSession old = opened();
    FakeStream before = world.clientConnects();
    old.takesFrame();
    before.sends(new byte[64_512]);
    world.breaks();
    timers.pass(2_500);
    FakeSession current = opened();
    old.takesFrame();

    FakeStream first = world.clientConnects();
    FakeStream second = world.clientConnects();
    current.takesFrame();
    current.takesFrame();
    first.sends(new byte[64_512]);
    second.sends(new byte[64_512]);

    assertEquals(0, first.unread());
    assertEquals(64_512, second.unread(), "it waits for its turn");
    current.takesFrame();
    assertEquals(0, second.unread());
  }

  private FakeSession opened() {
    FakeSession session = new FakeSession();
    world.sessions.add(session);
    world.opening().complete(session);
    world.greets("SSH");
    return session;
  }

  private LocalProxy source() {
    return builder(Mode.SOURCE).build();
  }

  private LocalProxy destination() {
    return builder(Mode.DESTINATION)
        .mapping(Map.of(ServiceId.UNNAMED, Endpoint.tcp("localhost", 22)))
        .build();
  }

  private LocalProxy.Builder builder(Mode mode) {
    return LocalProxy.builder(mode, service(), new AccessToken("the-token"))
        .directly(world)
        .over(world, world)
        .timers(timers)
        .observer(new Teller());
  }

  private static HostAndPort service() {
    return new HostAndPort("service.example", 443);
  }

  private static Message start(int stream, int connection) {
    return Message.of(MessageType.STREAM_START, "SSH", stream, connection);
  }

  private static Message data(int stream, int connection, String text) {
    return Message.data("SSH", stream, connection, ByteString.copyFromUtf8(text));
  }

  private final class Teller implements TunnelObserver {
    @Override
    public void applicationConnected(
        ServiceId service, io.iottunnel.ports.LocalSockets.Address address) {
      told.add("connected " + service + " " + address.ip() + ":" + address.port());
    }

    @Override
    public void reconnecting(String reason, java.time.Duration delay) {
      told.add("reconnecting: " + reason);
    }

    @Override
    public void ended(Outcome outcome) {
      told.add("ended " + outcome);
    }
  }
}
