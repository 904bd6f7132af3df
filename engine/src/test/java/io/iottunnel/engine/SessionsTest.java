package io.iottunnel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.tunnel.Outcome;
import io.iottunnel.domain.tunnel.TunnelSettings;
import io.iottunnel.ports.SessionEnd;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One session after the other, each over the ports in memory. */
class SessionsTest {

  private final EngineBench bench = new EngineBench();

  @Test
  void aLostSessionEndsItsConnectionsAndTheNextOneServesNewClients() throws Exception {
    bench.source().start();
    bench.world.greets("SSH");
    FakeStream before = bench.world.clientConnects();
    bench.world.breaks();

    assertTrue(before.outputIsShut());
    assertEquals("paused", bench.world.listeners.values().iterator().next().state);

    bench.timers.pass(2_500);
    assertEquals(2, bench.world.sessions.size());
    bench.world.greets("SSH");
    assertEquals("listening", bench.world.listeners.values().iterator().next().state);
    bench.world.clientConnects();

    assertEquals(
        List.of("StreamStart[service=SSH, stream=2, connection=1]"), bench.world.received());
    assertEquals(
        bench.world.upgrades.get(0).headers(),
        bench.world.upgrades.get(1).headers(),
        "the same tokens");
  }

  @Test
  void aPortThatWasChosenIsKeptAndTold() {
    bench.source().start();
    bench.world.greets("SSH");
    bench.world.breaks();
    bench.timers.pass(2_500);
    bench.world.greets("SSH");

    assertEquals(
        List.of("mapped {SSH=localhost:0}", "mapped {SSH=localhost:5555}"),
        bench.told.stream().filter(line -> line.startsWith("mapped")).toList());
    assertEquals(1, bench.world.listeners.size());
  }

  @Test
  void whatAnOldSessionStillSaysIsNotHeard() {
    bench.source().start();
    bench.world.greets("SSH");
    var old = bench.world.service();
    bench.world.sends(Message.of(MessageType.STREAM_START, "SSH", 9, 1));
    bench.timers.pass(2_500);

    old.ended(new SessionEnd.Closed(1000, ""));

    assertEquals(2, bench.world.sessions.size());
    assertFalse(
        bench.told.stream().anyMatch(line -> line.startsWith("ended")), bench.told.toString());
  }

  @Test
  void aMessageThatASessionLeftUnfinishedDoesNotSpoilTheNextOne() {
    TunnelSettings soon =
        TunnelSettings.DEFAULTS.change().longestRetryDelay(Duration.ofMillis(1)).build();
    bench.builder(Mode.SOURCE).settings(soon).build().start();
    byte[] greeting = Message.serviceIds(List.of("SSH")).encode();
    for (int cut = 1; cut < greeting.length; cut++) {
      bench.world.service().frame(ByteBuffer.wrap(greeting, 0, cut));
      bench.world.breaks();
      bench.timers.pass(1);
    }

    bench.world.greets("SSH");

    assertEquals(greeting.length, bench.world.sessions.size());
    assertEquals(1, bench.world.listeners.size());
  }

  @Test
  void nonsenseClosesTheSessionWith1002AndReconnects() {
    bench.source().start();
    bench.world.service().frame(ByteBuffer.wrap(new byte[] {0, 3, 0x2a, 1, (byte) 0xff}));

    assertTrue(bench.world.session().end().startsWith("1002"), bench.world.session().end());
    bench.timers.pass(2_500);
    assertEquals(2, bench.world.sessions.size());
  }

  @Test
  void aServiceThatCannotBeReachedIsTriedAgainForEver() {
    bench.world.isUnreachable(new UnreachableException("Connection refused"));
    CompletableFuture<Outcome> ended = bench.source().start();
    bench.timers.pass(3_600_000);

    assertTrue(bench.world.dialed.size() > 30, bench.world.dialed.size() + " attempts");
    assertFalse(ended.isDone());

    bench.world.isReachable();
    bench.timers.pass(120_000);
    assertFalse(bench.world.sessions.isEmpty());
  }

  @Test
  void aSessionThatIsAskedForTakesThePlaceOfAWait() {
    bench.world.isUnreachable(new UnreachableException("Connection refused"));
    LocalProxy proxy = bench.source();
    proxy.start();
    bench.world.isReachable();

    proxy.reconnect();
    bench.timers.pass(0);
    bench.timers.pass(10_000);

    assertEquals(1, bench.world.sessions.size());
    assertEquals(2, bench.world.dialed.size(), "nothing is left of the wait");
  }

  @Test
  void aSessionThatIsAskedForFollowsOneThatIsClosedInOrder() {
    LocalProxy proxy = bench.source();
    proxy.start();
    bench.world.greets("SSH");
    FakeSession before = bench.world.session();

    proxy.reconnect();
    bench.timers.pass(0);

    assertEquals("1000", before.end());
    assertEquals(2, bench.world.sessions.size());
  }

  @Test
  void aFinalRefusalEndsIt() {
    ConfigurationException reason = new ConfigurationException("no");
    bench.world.isUnreachable(reason);

    CompletableFuture<Outcome> ended = bench.source().start();

    assertEquals(new Outcome.Failed(reason), ended.join());
    assertEquals(0, bench.timers.set());
  }

  @Test
  void anAdapterThatFailsInAWayItMustNotCostsARetryAndNotTheProcess() {
    bench.world.isUnreachable(new IllegalStateException("a mistake of an adapter"));
    CompletableFuture<Outcome> ended = bench.source().start();

    assertFalse(ended.isDone());
    assertTrue(
        bench.told.stream().anyMatch(line -> line.contains("a mistake of an adapter")),
        bench.told.toString());
  }

  @Test
  void whatAnOldSessionSentMakesNoRoomInTheNextOne() {
    bench.world.keepsSilent();
    bench
        .builder(Mode.SOURCE)
        .settings(TunnelSettings.DEFAULTS.change().sendQueue(1).build())
        .build()
        .start();
    FakeSession old = opened();
    FakeStream before = bench.world.clientConnects();
    old.takesFrame();
    before.sends(new byte[64_512]);
    bench.world.breaks();
    bench.timers.pass(2_500);
    FakeSession current = opened();
    old.takesFrame();

    FakeStream first = bench.world.clientConnects();
    FakeStream second = bench.world.clientConnects();
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
    bench.world.sessions.add(session);
    bench.world.opening().complete(session);
    bench.world.greets("SSH");
    return session;
  }
}
