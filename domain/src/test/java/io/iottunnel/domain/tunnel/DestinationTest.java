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
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A destination reaches for the application of each connection. */
class DestinationTest {

  private static final LocalId FIRST = new LocalId(1);
  private static final LocalId SECOND = new LocalId(2);

  @Test
  void aStartConnectsToTheApplicationAndIsNotAnswered() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(streamStart(SSH, 7, 1)).gives(Bench.opening(FIRST));
    bench.on(new Event.LocalConnected(FIRST)).gives(new Effect.AwaitReadable(FIRST));
    bench.receives(connectionStart(SSH, 7, 2)).gives(Bench.opening(SECOND));
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
      bench.passesMillis(1).gives(Bench.opening(FIRST));
    }
    bench
        .on(new Event.LocalConnectFailed(FIRST, "refused"))
        .gives(Bench.sending(connectionReset(SSH, 1, 1)), new Effect.AbortLocal(FIRST));
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
  void anApplicationIsTriedForEverWhereNoNumberIsGiven() {
    TunnelSettings forEver = TunnelSettings.DEFAULTS.change().localRetries(-1).build();
    Bench bench = new Bench(Bench.spec(Mode.DESTINATION, Dialect.V3, SSH), forEver).greeted(SSH);
    bench.receives(streamStart(SSH, 1, 1));
    for (int i = 0; i < 1_000; i++) {
      bench.on(new Event.LocalConnectFailed(FIRST, "refused")).givesNothing();
      bench.passesMillis(2_500).the(Effect.OpenLocal.class);
    }
  }

  @Test
  void aFinalFailureResetsAV2Stream() {
    TunnelSettings once = TunnelSettings.DEFAULTS.change().localRetries(0).build();
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
  void anApplicationThatHangsInConnectHoldsNobodyUp() {
    TunnelSpec spec = Bench.spec(Mode.DESTINATION, Dialect.V3, SSH, WEB);
    Bench bench = new Bench(spec, TunnelSettings.DEFAULTS).greeted(SSH, WEB);
    bench.receives(streamStart(WEB, 1, 1)).receives(data(WEB, 1, 1, "is anybody there"));
    bench.receives(streamStart(SSH, 1, 1)).gives(Bench.opening(SECOND));
    bench.on(new Event.LocalConnected(SECOND));
    bench.receives(data(SSH, 1, 1, "x")).gives(new Effect.WriteLocal(SECOND, bytes("x")));
    bench.on(new Event.FrameRead()).gives(new Effect.ReceiveFrame());
    bench.reads(SECOND, "y").sends(data(SSH, 1, 1, "y"));
    bench.passesMillis(20_000).gives(new Effect.SendPing(1));
    bench.receives(connectionReset(WEB, 1, 1)).sends();
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
    bench.passesMillis(2_500).gives(Bench.opening(FIRST));
    bench.on(new Event.LocalConnected(FIRST));
    bench.on(new Event.LocalDelivered(FIRST, 21)).gives(new Effect.FinishLocal(FIRST));
  }

  @Test
  void aConnectionBeyondTheLimitIsResetAndNothingElseHappens() {
    TunnelSettings one = TunnelSettings.DEFAULTS.change().maxConnections(1).build();
    Bench bench = new Bench(Bench.spec(Mode.DESTINATION, Dialect.V3, SSH, WEB), one);
    bench.greeted(SSH, WEB).receives(streamStart(SSH, 1, 1));
    bench.receives(connectionStart(SSH, 1, 2)).gives(Bench.sending(connectionReset(SSH, 1, 2)));
    bench.tells(Effect.Refused.class);
    bench.receives(data(SSH, 1, 2, "x")).givesNothing();
    bench.receives(streamStart(WEB, 1, 0)).gives(Bench.sending(streamReset(WEB, 1)));
    bench.receives(data(WEB, 1, 0, "x")).givesNothing();
    bench.receives(data(SSH, 1, 1, "x")).gives(new Effect.WriteLocal(FIRST, bytes("x")));
  }
}
