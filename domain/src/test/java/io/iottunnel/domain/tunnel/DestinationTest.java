package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.NONE;
import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.WEB;
import static io.iottunnel.domain.tunnel.Messages.bytes;
import static io.iottunnel.domain.tunnel.Messages.connectionReset;
import static io.iottunnel.domain.tunnel.Messages.connectionStart;
import static io.iottunnel.domain.tunnel.Messages.data;
import static io.iottunnel.domain.tunnel.Messages.streamReset;
import static io.iottunnel.domain.tunnel.Messages.streamStart;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A destination: reaching applications, and answering each stream in its own dialect. */
class DestinationTest {

  private static final LocalId FIRST = new LocalId(1);
  private static final LocalId SECOND = new LocalId(2);
  private static final LocalId THIRD = new LocalId(3);

  private static Effect opens(LocalId local) {
    return new Effect.OpenLocal(local, SSH, Bench.endpoint(SSH));
  }

  private static Effect sends(Message message) {
    return new Effect.SendMessage(message);
  }

  // Reaching the application.

  @Test
  void aStartConnectsToTheApplicationAndIsNotAnswered() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(streamStart(SSH, 7, 1)).gives(opens(FIRST));
    bench.on(new Event.LocalConnected(FIRST)).gives(new Effect.AwaitReadable(FIRST));
    bench.receives(connectionStart(SSH, 7, 2)).gives(opens(SECOND));
    bench.on(new Event.LocalConnected(SECOND)).gives(new Effect.AwaitReadable(SECOND));
    bench.reads(SECOND, "hello").sends(data(SSH, 7, 2, "hello"));
  }

  @Test
  void dataThatArrivesBeforeTheApplicationIsReachedIsKeptInOrder() {
    Bench bench = Bench.destination(SSH).greeted(SSH).receives(streamStart(SSH, 1, 1));
    bench.receives(data(SSH, 1, 1, "one")).gives(new Effect.WriteLocal(FIRST, bytes("one")));
    bench.receives(data(SSH, 1, 1, "two")).gives(new Effect.WriteLocal(FIRST, bytes("two")));
    assertEquals(6, bench.undelivered());
  }

  @Test
  void anApplicationIsTriedAgainAsTheSettingsSay() {
    Bench bench = Bench.destination(SSH).greeted(SSH).receives(streamStart(SSH, 1, 1));
    for (int i = 0; i < 5; i++) {
      bench.on(new Event.LocalConnectFailed(FIRST, "refused")).givesNothing();
      assertEquals(
          new Effect.Unreachable(SSH, "refused", Optional.of(Duration.ofMillis(2_500))),
          bench.the(Effect.Unreachable.class));
      bench.passesMillis(2_499).givesNothing();
      bench.passesMillis(1).gives(opens(FIRST));
    }
    bench
        .on(new Event.LocalConnectFailed(FIRST, "refused"))
        .gives(sends(connectionReset(SSH, 1, 1)), new Effect.AbortLocal(FIRST));
    assertEquals(
        new Effect.Unreachable(SSH, "refused", Optional.empty()),
        bench.the(Effect.Unreachable.class));
  }

  @Test
  void anApplicationThatIsReachedAtTheThirdAttemptGetsEverything() {
    World world = World.of(Dialect.V3, SSH);
    world.destination.local.unreachable = 2;
    FakeSocket client = world.client(SSH).says("all ").says("of it");
    world.passesMillis(5_000);
    assertEquals("all of it", world.applicationOf(client).heard());
  }

  @Test
  void aFinalFailureResetsAV2Stream() {
    TunnelSettings once = TunnelSettings.DEFAULTS.change().applicationRetries(0).build();
    Bench bench = new Bench(Bench.spec(Mode.DESTINATION, Dialect.V3, SSH), once).greeted(SSH);
    bench.receives(streamStart(SSH, 1, 0));
    bench.on(new Event.LocalConnectFailed(FIRST, "refused")).sends(streamReset(SSH, 1));
    bench.receives(streamStart(NONE, 2, 0));
    bench.on(new Event.LocalConnectFailed(SECOND, "refused")).sends(streamReset(NONE, 2));
  }

  @Test
  void anApplicationThatIsNotReachedDisturbsNoOther() {
    World world = World.of(Dialect.V3, SSH, WEB);
    FakeSocket good = world.client(SSH).says("before ");
    world.run();
    world.destination.local.unreachable = 6;
    FakeSocket bad = world.client(WEB).says("is anybody there");
    good.says("while ");
    world.passesMillis(12_500);
    assertEquals(FakeSocket.Fate.CLOSED, bad.fate);
    good.says("after");
    assertEquals("before while after", world.applicationOf(good).heard());
    FakeSocket next = world.client(WEB).says("and now");
    assertEquals("and now", world.applicationOf(next).heard());
  }

  @Test
  void aConnectionThatEndsBeforeTheApplicationIsReachedIsGivenUpIfItSaidNothing() {
    Bench bench = Bench.destination(SSH).greeted(SSH).receives(streamStart(SSH, 1, 1));
    bench.receives(connectionReset(SSH, 1, 1)).gives(new Effect.AbortLocal(FIRST));
    bench.on(new Event.LocalConnected(FIRST)).givesNothing();
  }

  @Test
  void aConnectionThatEndsBeforeTheApplicationIsReachedStillDeliversWhatItSaid() {
    Bench bench = Bench.destination(SSH).greeted(SSH).receives(streamStart(SSH, 1, 1));
    bench.receives(data(SSH, 1, 1, "a message in a bottle"));
    bench.receives(connectionReset(SSH, 1, 1)).givesNothing();
    bench.on(new Event.LocalConnectFailed(FIRST, "refused"));
    bench.passesMillis(2_500).gives(opens(FIRST));
    bench.on(new Event.LocalConnected(FIRST));
    bench.on(new Event.LocalDelivered(FIRST, 21)).gives(new Effect.FinishLocal(FIRST));
  }

  @Test
  void aConnectionBeyondTheLimitIsResetAndNothingElseHappens() {
    TunnelSettings one = TunnelSettings.DEFAULTS.change().maxConnections(1).build();
    Bench bench = new Bench(Bench.spec(Mode.DESTINATION, Dialect.V3, SSH, WEB), one);
    bench.greeted(SSH, WEB).receives(streamStart(SSH, 1, 1));
    bench.receives(connectionStart(SSH, 1, 2)).gives(sends(connectionReset(SSH, 1, 2)));
    bench.tells(Effect.Refused.class);
    bench.receives(data(SSH, 1, 2, "x")).givesNothing();
    bench.receives(streamStart(WEB, 1, 0)).gives(sends(streamReset(WEB, 1)));
    bench.receives(data(WEB, 1, 0, "x")).givesNothing();
    bench.receives(data(SSH, 1, 1, "x")).gives(new Effect.WriteLocal(FIRST, bytes("x")));
  }

  // The dialect of each stream.

  @Test
  void aV3StreamIsAnsweredWithConnectionIds() {
    Bench bench = started(streamStart(SSH, 3, 1));
    bench.reads(FIRST, "x").sends(data(SSH, 3, 1, "x")).on(new Event.DataSent(FIRST, 1));
    bench.ends(FIRST).sends(connectionReset(SSH, 3, 1));
  }

  @Test
  void aV2StreamIsAnsweredWithoutConnectionIds() {
    Bench bench = started(streamStart(SSH, 3, 0));
    bench.reads(FIRST, "x").sends(data(SSH, 3, 0, "x")).on(new Event.DataSent(FIRST, 1));
    bench.ends(FIRST).sends(streamReset(SSH, 3));
  }

  @Test
  void aV1StreamIsAnsweredWithoutAnyName() {
    Bench bench = started(streamStart(NONE, 3, 0));
    bench.reads(FIRST, "x").sends(data(NONE, 3, 0, "x")).on(new Event.DataSent(FIRST, 1));
    bench.receives(data(NONE, 3, 0, "y")).gives(new Effect.WriteLocal(FIRST, bytes("y")));
    bench.ends(FIRST).sends(streamReset(NONE, 3));
  }

  private static Bench started(Message start) {
    Bench bench = Bench.destination(SSH).greeted(SSH).receives(start).gives(opens(FIRST));
    return bench.on(new Event.LocalConnected(FIRST));
  }

  @Test
  void theUnnamedServiceOfATunnelMaySpeakV3() {
    Bench bench = Bench.destination(NONE).greeted().receives(streamStart(NONE, 1, 1));
    bench.receives(connectionStart(NONE, 1, 2));
    bench.on(new Event.LocalConnected(FIRST)).on(new Event.LocalConnected(SECOND));
    bench.reads(SECOND, "x").sends(data(NONE, 1, 2, "x"));
    bench.ends(FIRST).sends(connectionReset(NONE, 1, 1));
  }

  @Test
  void theDialectIsThatOfTheStreamAndOfNothingLarger() {
    TunnelSpec spec = Bench.spec(Mode.DESTINATION, Dialect.V3, SSH, WEB);
    Bench bench = new Bench(spec, TunnelSettings.DEFAULTS).greeted(SSH, WEB);
    bench.receives(streamStart(SSH, 1, 0)).receives(streamStart(WEB, 1, 1));
    bench.on(new Event.LocalConnected(FIRST)).on(new Event.LocalConnected(SECOND));
    bench.reads(FIRST, "x").sends(data(SSH, 1, 0, "x"));
    bench.reads(SECOND, "x").sends(data(WEB, 1, 1, "x"));
    bench.receives(streamStart(SSH, 2, 1)).on(new Event.LocalConnected(THIRD));
    bench.reads(THIRD, "x").sends(data(SSH, 2, 1, "x"));
  }

  @Test
  void aLaterMessageOfAV3StreamWithoutAConnectionIdMeansTheFirst() {
    Bench bench = started(streamStart(SSH, 1, 1));
    bench.receives(data(SSH, 1, 0, "x")).gives(new Effect.WriteLocal(FIRST, bytes("x")));
    bench.on(new Event.LocalDelivered(FIRST, 1));
    bench.receives(connectionReset(SSH, 1, 0)).sends();
    bench.the(Effect.FinishLocal.class);
  }

  // Starts that meet a stream.

  @Test
  void aNewStreamReplacesTheOneThatIsActiveAtOnce() {
    Bench bench = started(streamStart(SSH, 1, 1)).receives(connectionStart(SSH, 1, 2));
    bench.on(new Event.LocalConnected(SECOND));
    bench.receives(data(SSH, 1, 2, "last words"));
    bench.receives(streamStart(SSH, 2, 1)).sends();
    assertEquals(List.of(opens(THIRD)), List.copyOf(bench.all(Effect.OpenLocal.class)));
    bench.on(new Event.LocalDelivered(SECOND, 10)).gives(new Effect.FinishLocal(SECOND));
    bench.on(new Event.LocalConnected(THIRD));
    bench.receives(data(SSH, 2, 1, "x")).gives(new Effect.WriteLocal(THIRD, bytes("x")));
    bench.receives(data(SSH, 1, 1, "stale")).givesNothing().tells(Effect.Ignored.class);
  }

  @Test
  void theOldStreamIsNotResetAtThePeer() {
    started(streamStart(SSH, 1, 1)).receives(streamStart(SSH, 2, 1)).sends();
  }

  @Test
  void theActiveStreamStartedAgainIsAFreshStart() {
    Bench bench = started(streamStart(SSH, 1, 1));
    bench.receives(streamStart(SSH, 1, 1)).sends();
    bench.on(new Event.LocalConnected(SECOND));
    bench.receives(data(SSH, 1, 1, "x")).gives(new Effect.WriteLocal(SECOND, bytes("x")));
    bench.on(new Event.LocalEnded(FIRST)).sends();
    bench.reads(SECOND, "y").sends(data(SSH, 1, 1, "y"));
  }

  @Test
  void olderStreamsAreReplacedToo() {
    for (Message.StreamStart next :
        List.of(
            new Message.StreamStart(SSH, 2, 0),
            new Message.StreamStart(SSH, 1, 0),
            new Message.StreamStart(NONE, 2, 0),
            new Message.StreamStart(SSH, 2, 1))) {
      Bench bench = started(streamStart(SSH, 1, 0)).receives(next).sends();
      bench.on(new Event.LocalEnded(FIRST)).on(new Event.LocalConnected(SECOND));
      int connection = next.connection();
      bench
          .receives(data(next.service(), next.stream(), connection, "x"))
          .gives(new Effect.WriteLocal(SECOND, bytes("x")));
      bench.reads(SECOND, "y").sends(data(next.service(), next.stream(), connection, "y"));
    }
  }

  @Test
  void aConnectionStartWithoutAStreamIsAdopted() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(connectionStart(SSH, 9, 4)).gives(opens(FIRST));
    bench.on(new Event.LocalConnected(FIRST)).reads(FIRST, "x").sends(data(SSH, 9, 4, "x"));
    bench.receives(connectionStart(SSH, 9, 5)).gives(opens(SECOND));
  }

  @Test
  void anAdoptedConnectionThatBearsNoNameIsAnsweredWithoutOne() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(connectionStart(NONE, 9, 4)).on(new Event.LocalConnected(FIRST));
    bench.ends(FIRST).sends(streamReset(NONE, 9));
  }

  @Test
  void aConnectionStartForOneThatIsOpenEndsThatOneAlone() {
    Bench bench = started(streamStart(SSH, 1, 1)).receives(connectionStart(SSH, 1, 2));
    bench.on(new Event.LocalConnected(SECOND));
    bench.receives(connectionStart(SSH, 1, 2)).sends(connectionReset(SSH, 1, 2));
    assertEquals(List.of(), bench.all(Effect.OpenLocal.class));
    bench.receives(data(SSH, 1, 1, "x")).gives(new Effect.WriteLocal(FIRST, bytes("x")));
    bench.receives(data(SSH, 1, 2, "x")).givesNothing();
  }

  @Test
  void aConnectionStartForAnotherStreamThanTheActiveOneIsStale() {
    Bench bench = started(streamStart(SSH, 2, 1));
    bench.receives(connectionStart(SSH, 1, 2)).givesNothing().tells(Effect.Ignored.class);
  }

  @Test
  void aStartWithoutAStreamIdIsNotAnswered() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(streamStart(SSH, 0, 1)).givesNothing().tells(Effect.Warned.class);
    bench.receives(connectionStart(SSH, 0, 1)).givesNothing().tells(Effect.Warned.class);
  }

  // What belongs nowhere.

  @Test
  void whatIsOfAnotherStreamThanTheActiveOneIsStale() {
    Bench bench = started(streamStart(SSH, 2, 1));
    for (Message stale :
        List.of(data(SSH, 1, 1, "x"), connectionReset(SSH, 1, 1), streamReset(SSH, 1))) {
      bench.receives(stale).givesNothing().tells(Effect.Ignored.class);
    }
    bench.receives(data(SSH, 2, 1, "x")).gives(new Effect.WriteLocal(FIRST, bytes("x")));
  }

  @Test
  void resetsOfNothingAreStale() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(connectionReset(SSH, 1, 1)).givesNothing().tells(Effect.Ignored.class);
    bench.receives(streamReset(SSH, 1)).givesNothing().tells(Effect.Ignored.class);
  }

  @Test
  void anUnknownServiceIsWarnedOfAndNotAnswered() {
    Bench bench = started(streamStart(SSH, 1, 1));
    for (Message strange :
        List.of(
            streamStart(WEB, 1, 1),
            connectionStart(WEB, 1, 1),
            data(WEB, 1, 1, "x"),
            connectionReset(WEB, 1, 1),
            streamReset(WEB, 1))) {
      bench.receives(strange).givesNothing().tells(Effect.Warned.class);
    }
    bench.receives(data(SSH, 1, 1, "x")).gives(new Effect.WriteLocal(FIRST, bytes("x")));
  }

  @Test
  void aMessageWithoutAServiceIsWarnedOfWhereTheTunnelHasSeveral() {
    TunnelSpec spec = Bench.spec(Mode.DESTINATION, Dialect.V3, SSH, WEB);
    Bench bench = new Bench(spec, TunnelSettings.DEFAULTS).greeted(SSH, WEB);
    bench.receives(streamStart(NONE, 1, 0)).givesNothing().tells(Effect.Warned.class);
  }

  @Test
  void aNamedMessageIsWarnedOfWhereTheTunnelHasNoNames() {
    Bench bench = Bench.destination(NONE).greeted();
    bench.receives(streamStart(SSH, 1, 1)).givesNothing().tells(Effect.Warned.class);
  }

  // Data that nobody waits for.

  @Test
  void dataWithoutAStreamIsAnsweredOncePerConnection() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(data(SSH, 5, 1, "x")).gives(sends(connectionReset(SSH, 5, 1)));
    bench.receives(data(SSH, 5, 1, "y")).givesNothing().tells(Effect.Ignored.class);
    bench.receives(data(SSH, 5, 2, "z")).gives(sends(connectionReset(SSH, 5, 2)));
  }

  @Test
  void dataWithoutAStreamIsAnsweredInItsDialect() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(data(SSH, 5, 0, "x")).gives(sends(streamReset(SSH, 5)));
    bench.receives(data(NONE, 6, 0, "x")).gives(sends(streamReset(NONE, 6)));
    Bench unnamed = Bench.destination(NONE).greeted();
    unnamed.receives(data(NONE, 5, 3, "x")).gives(sends(connectionReset(NONE, 5, 3)));
  }

  @Test
  void dataWithoutAStreamIdIsNeverAnswered() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(data(SSH, 0, 1, "x")).givesNothing().tells(Effect.Ignored.class);
  }

  @Test
  void dataOfAStreamThatOutlivedOurReconnectIsAnsweredInTheNewSession() {
    World world = World.of(Dialect.V3, SSH);
    FakeSocket client = world.client(SSH).says("before");
    world.run();
    world.destination.link.breaks();
    world.passesMillis(2_500);
    client.says("after");
    world.run();
    assertEquals(FakeSocket.Fate.CLOSED, client.fate, "the client must not hang");
  }

  @Test
  void soItIsWhereTheApplicationWasStillTakingItsLastBytes() {
    World world = World.of(Dialect.V3, SSH);
    FakeSocket client = world.client(SSH).says("before");
    world.run();
    FakeSocket application = world.applicationOf(client).takes(0);
    client.says("not taken yet");
    world.run();
    world.destination.link.breaks();
    world.passesMillis(2_500);
    application.takesEverything();
    world.run();
    assertEquals("beforenot taken yet", application.heard());
    assertEquals(FakeSocket.Fate.CLOSED, application.fate);
    client.says("after");
    world.run();
    assertEquals(FakeSocket.Fate.CLOSED, client.fate, "the client must not hang");
  }

  @Test
  void anAdoptedStreamDoesNotLetTheOldConnectionsOfTheSourceHang() {
    World world = World.of(Dialect.V3, SSH);
    FakeSocket old = world.client(SSH);
    world.destination.link.breaks();
    world.passesMillis(2_500);
    FakeSocket young = world.client(SSH).says("hello");
    assertEquals("hello", world.applicationOf(young).heard());
    old.says("are you there");
    world.run();
    assertEquals(FakeSocket.Fate.CLOSED, old.fate, "the client must not hang");
    assertEquals(FakeSocket.Fate.IN_USE, young.fate);
  }

  @Test
  void dataThatCrossesOurResetIsNotAnsweredAgain() {
    Bench v2 = started(streamStart(SSH, 1, 0)).ends(FIRST).sends(streamReset(SSH, 1));
    v2.receives(data(SSH, 1, 0, "crossed")).givesNothing().tells(Effect.Ignored.class);
    Bench v1 = started(streamStart(NONE, 1, 0)).ends(FIRST).sends(streamReset(NONE, 1));
    v1.receives(data(NONE, 1, 0, "crossed")).givesNothing().tells(Effect.Ignored.class);
    Bench v3 = started(streamStart(SSH, 1, 1)).ends(FIRST).sends(connectionReset(SSH, 1, 1));
    v3.receives(data(SSH, 1, 1, "crossed")).givesNothing().tells(Effect.Ignored.class);
  }
}
