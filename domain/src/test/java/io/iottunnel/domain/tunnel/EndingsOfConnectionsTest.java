package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.WEB;
import static io.iottunnel.domain.tunnel.Messages.bytes;
import static io.iottunnel.domain.tunnel.Messages.connectionReset;
import static io.iottunnel.domain.tunnel.Messages.connectionStart;
import static io.iottunnel.domain.tunnel.Messages.data;
import static io.iottunnel.domain.tunnel.Messages.sessionReset;
import static io.iottunnel.domain.tunnel.Messages.streamReset;
import static io.iottunnel.domain.tunnel.Messages.streamStart;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.Dialect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How connections end: by the peer, by their local side, with their stream, with the session. */
class EndingsOfConnectionsTest {

  private static final LocalId FIRST = new LocalId(1);
  private static final LocalId SECOND = new LocalId(2);

  /** A destination with two connections open. */
  private static Bench destination() {
    Bench bench = Bench.destination(SSH).greeted(SSH).receives(streamStart(SSH, 1, 1));
    bench.receives(connectionStart(SSH, 1, 2));
    return bench.on(new Event.LocalConnected(FIRST)).on(new Event.LocalConnected(SECOND));
  }

  @Test
  void aResetIsCarriedOutWhenEverythingBeforeItIsDelivered() {
    Bench bench =
        destination().receives(data(SSH, 1, 1, "first")).receives(data(SSH, 1, 1, "last"));
    bench.receives(connectionReset(SSH, 1, 1)).sends();
    assertEquals(List.of(), bench.all(Effect.FinishLocal.class));
    assertEquals(List.of(), bench.on(new Event.LocalDelivered(FIRST, 5)).orders());
    bench.on(new Event.LocalDelivered(FIRST, 4)).gives(new Effect.FinishLocal(FIRST));
    bench.on(new Event.LocalEnded(FIRST)).gives(new Effect.CloseLocal(FIRST));
    assertEquals("the peer closed it", bench.the(Effect.Ended.class).reason());
  }

  @Test
  void nothingIsSentAfterAReset() {
    Bench bench = destination().on(new Event.LocalReadable(FIRST));
    bench.receives(connectionReset(SSH, 1, 1));
    bench.on(new Event.LocalRead(FIRST, bytes("too late"), false)).sends();
    bench.on(new Event.LocalEnded(FIRST)).sends();
  }

  @Test
  void aStreamResetEndsEveryConnectionOfTheStream() {
    Bench bench =
        destination().receives(data(SSH, 1, 2, "x")).receives(streamReset(SSH, 1)).sends();
    assertEquals(List.of(new Effect.FinishLocal(FIRST)), bench.all(Effect.FinishLocal.class));
    bench.on(new Event.LocalDelivered(SECOND, 1)).gives(new Effect.FinishLocal(SECOND));
  }

  @Test
  void aSessionResetEndsEveryStreamAndTheSessionGoesOn() {
    World world = World.of(Dialect.V3, SSH, WEB);
    FakeSocket ann = world.client(SSH).says("hello");
    FakeSocket bob = world.client(WEB).says("hello");
    world.run();
    world.ends().forEach(end -> world.service.says(end, sessionReset()));
    world.run();
    assertEquals("hello", world.applicationOf(ann).heard());
    assertEquals(FakeSocket.Fate.CLOSED, ann.fate);
    assertEquals(FakeSocket.Fate.CLOSED, bob.fate);
    FakeSocket cat = world.client(SSH).says("again");
    assertEquals("again", world.applicationOf(cat).heard());
    assertEquals(List.of(), world.source.told(Effect.Reconnect.class));
  }

  @Test
  void aLocalEndOfFileIsToldBehindEverythingThatWasRead() {
    World world = World.of(Dialect.V3, SSH);
    FakeSocket client = world.client(SSH);
    FakeSocket application = world.applicationOf(client);
    world.destination.link.congested = true;
    application.says("x".repeat(20_000)).finishes();
    world.run();
    world.destination.link.congested = false;
    world.run();
    assertEquals(20_000, client.heard().length());
    assertEquals(FakeSocket.Fate.CLOSED, client.fate);
  }

  @Test
  void aLocalErrorIsToldAtOnceAndTheSocketIsAborted() {
    Bench bench = destination().on(new Event.LocalReadable(FIRST));
    bench
        .on(new Event.LocalReadFailed(FIRST, "connection reset by peer"))
        .gives(new Effect.SendMessage(connectionReset(SSH, 1, 1)), new Effect.AbortLocal(FIRST));
    assertEquals("connection reset by peer", bench.the(Effect.Ended.class).reason());
  }

  @Test
  void anApplicationThatTakesNoMoreMayStillFinishItsAnswer() {
    Bench bench = destination().receives(data(SSH, 1, 1, "x"));
    bench.on(new Event.LocalWriteFailed(FIRST, "broken pipe")).givesNothing();
    assertEquals(0, bench.undelivered());
    bench.receives(data(SSH, 1, 1, "y")).givesNothing().tells(Effect.Ignored.class);
    bench.reads(FIRST, "the end").sends(data(SSH, 1, 1, "the end"));
    bench.on(new Event.DataSent(FIRST, 7));
    bench
        .ends(FIRST)
        .gives(new Effect.SendMessage(connectionReset(SSH, 1, 1)), new Effect.AbortLocal(FIRST));
  }

  @Test
  void theEndOfTheApplicationDoesNotCutOffWhatItHasStillToTake() {
    Bench bench = destination().receives(data(SSH, 1, 1, "slowly"));
    bench.ends(FIRST).gives(new Effect.SendMessage(connectionReset(SSH, 1, 1)));
    bench.on(new Event.LocalDelivered(FIRST, 6)).gives(new Effect.FinishLocal(FIRST));
  }

  @Test
  void anApplicationThatAnswersWhileItsLastBytesArriveIsReadAndNotHeard() {
    Bench bench = destination().receives(data(SSH, 1, 1, "a long request"));
    bench.receives(connectionReset(SSH, 1, 1)).gives(new Effect.AwaitReadable(FIRST));
    bench.on(new Event.LocalReadable(FIRST)).gives(new Effect.ReadLocal(FIRST));
    bench
        .on(new Event.LocalRead(FIRST, bytes("an answer"), true))
        .gives(new Effect.ReadLocal(FIRST));
    bench
        .on(new Event.LocalRead(FIRST, bytes("and so on"), false))
        .gives(new Effect.AwaitReadable(FIRST));
    bench.on(new Event.LocalReadable(FIRST)).gives(new Effect.ReadLocal(FIRST));
    bench.on(new Event.LocalIdle(FIRST)).gives(new Effect.AwaitReadable(FIRST));
    bench.on(new Event.LocalReadable(FIRST)).gives(new Effect.ReadLocal(FIRST));
    bench.on(new Event.LocalEnded(FIRST)).givesNothing();
    bench.on(new Event.LocalDelivered(FIRST, 14)).gives(new Effect.FinishLocal(FIRST));
    bench.on(new Event.LocalEnded(FIRST)).gives(new Effect.CloseLocal(FIRST));
  }

  @Test
  void anEndedConnectionThatTakesNothingForTheDrainLimitIsCutOff() {
    Bench bench = destination().receives(data(SSH, 1, 1, "x")).receives(connectionReset(SSH, 1, 1));
    bench.passesMillis(9_999);
    assertEquals(List.of(), bench.all(Effect.AbortLocal.class));
    bench.passesMillis(20_001);
    assertEquals(List.of(new Effect.AbortLocal(FIRST)), bench.all(Effect.AbortLocal.class));
    assertEquals(0, bench.undelivered());
  }

  @Test
  void eachByteTakenGivesAnEndedConnectionTimeAgain() {
    Bench bench =
        destination().receives(data(SSH, 1, 1, "xyz")).receives(connectionReset(SSH, 1, 1));
    for (int i = 0; i < 2; i++) {
      bench.passesMillis(29_000);
      assertEquals(List.of(), bench.all(Effect.AbortLocal.class));
      bench.on(new Event.LocalDelivered(FIRST, 1));
    }
    bench.passesMillis(29_000);
    bench.on(new Event.LocalDelivered(FIRST, 1)).gives(new Effect.FinishLocal(FIRST));
  }

  @Test
  void aLocalSideThatNeverFinishesIsClosedInOrderAfterTheDrainLimit() {
    Bench bench = destination().receives(connectionReset(SSH, 1, 1));
    bench.the(Effect.FinishLocal.class);
    bench.passesMillis(29_999);
    assertEquals(List.of(), bench.all(Effect.CloseLocal.class));
    bench.passesMillis(1);
    assertEquals(new Effect.CloseLocal(FIRST), bench.the(Effect.CloseLocal.class));
    assertEquals(List.of(), bench.all(Effect.AbortLocal.class));
  }

  @Test
  void theLossOfTheSessionEndsEveryConnectionAfterWhatCameIsDelivered() {
    Bench bench = destination().receives(data(SSH, 1, 1, "x")).on(new Event.SessionBroken("gone"));
    bench.sends();
    assertEquals(List.of(new Effect.FinishLocal(SECOND)), bench.all(Effect.FinishLocal.class));
    bench.on(new Event.LocalDelivered(FIRST, 1)).gives(new Effect.FinishLocal(FIRST));
  }

  @Test
  void theLossOfTheSessionEndsClientsAndTheListenerStays() {
    World world = World.of(Dialect.V3, SSH);
    FakeSocket client = world.client(SSH).says("hello");
    world.run();
    world.source.link.breaks();
    world.run();
    assertEquals(FakeSocket.Fate.CLOSED, client.fate);
    assertEquals(1, world.source.listeners.size());
    assertEquals(true, world.source.listenersPaused);
    world.passesMillis(2_500);
    assertEquals(false, world.source.listenersPaused);
    FakeSocket next = world.client(SSH).says("again");
    assertEquals("again", world.applicationOf(next).heard());
  }

  @Test
  void aConnectionThatDrainsOutlivesTheSession() {
    Bench bench = destination().receives(data(SSH, 1, 1, "x")).receives(connectionReset(SSH, 1, 1));
    bench.on(new Event.SessionBroken("gone")).greeted(SSH);
    bench.on(new Event.LocalDelivered(FIRST, 1)).gives(new Effect.FinishLocal(FIRST));
  }
}
