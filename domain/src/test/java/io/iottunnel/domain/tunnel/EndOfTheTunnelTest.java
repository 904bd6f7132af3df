package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.WEB;
import static io.iottunnel.domain.tunnel.Messages.connectionReset;
import static io.iottunnel.domain.tunnel.Messages.connectionStart;
import static io.iottunnel.domain.tunnel.Messages.data;
import static io.iottunnel.domain.tunnel.Messages.serviceIds;
import static io.iottunnel.domain.tunnel.Messages.streamReset;
import static io.iottunnel.domain.tunnel.Messages.streamStart;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.TokenRevokedException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How it all ends: the tunnel is closed, the token is revoked, or somebody stops it. */
class EndOfTheTunnelTest {

  private static final LocalId FIRST = new LocalId(1);
  private static final Effect CLOSE = new Effect.CloseSession(1000, "");
  private static final Effect STOPPED = new Effect.End(new Outcome.Stopped());

  /** A destination with a connection that has not taken everything yet. */
  private static Bench busy() {
    Bench bench = Bench.destination(SSH).greeted(SSH).receives(streamStart(SSH, 1, 1));
    return bench.on(new Event.LocalConnected(FIRST)).receives(data(SSH, 1, 1, "x"));
  }

  // The tunnel is closed.

  @Test
  void aNormalCloseIsTheEndOfTheTunnel() {
    Bench bench = Bench.source(SSH).greeted(SSH).on(new Event.SessionClosed(1000, "expired"));
    bench.gives(new Effect.PauseListeners(), new Effect.End(new Outcome.TunnelClosed("expired")));
  }

  @Test
  void theLastBytesAreStillDeliveredWhenTheTunnelIsClosed() {
    Bench bench = busy().on(new Event.SessionClosed(1000, ""));
    assertEquals(List.of(), bench.all(Effect.End.class));
    bench.passesMillis(1_999);
    assertEquals(List.of(), bench.all(Effect.End.class));
    bench.on(new Event.LocalDelivered(FIRST, 1)).gives(new Effect.FinishLocal(FIRST));
    bench
        .on(new Event.LocalEnded(FIRST))
        .gives(new Effect.CloseLocal(FIRST), new Effect.End(new Outcome.TunnelClosed("")));
  }

  @Test
  void afterTwoSecondsLastBytesAreCutOff() {
    Bench bench = busy().on(new Event.SessionClosed(1000, "")).passesMillis(2_000);
    bench.gives(new Effect.AbortLocal(FIRST), new Effect.End(new Outcome.TunnelClosed("")));
    assertEquals(1, bench.all(Effect.Ended.class).size());
  }

  @Test
  void aClosedTunnelAtTheNextUpgradeIsItsEndToo() {
    Bench bench = Bench.source(SSH).greeted(SSH).on(new Event.SessionBroken("gone"));
    bench.on(new Event.ConnectDue());
    bench.on(new Event.ConnectFailed(End.status(400, Retry.NEVER, true)));
    assertInstanceOf(Outcome.TunnelClosed.class, bench.the(Effect.End.class).outcome());
  }

  @Test
  void aClosedTunnelAtTheFirstUpgradeIsAFailure() {
    Bench bench = Bench.source(SSH).on(new Event.ConnectDue());
    bench.on(new Event.ConnectFailed(End.status(400, Retry.NEVER, true)));
    assertInstanceOf(Outcome.Failed.class, bench.the(Effect.End.class).outcome());
  }

  @Test
  void aRevokedTokenIsAFailure() {
    Bench bench = Bench.source(SSH).greeted(SSH);
    bench.on(new Event.SessionClosed(1012, "Token is revoked"));
    assertEquals(List.of(), bench.all(Effect.CloseSession.class), "it is closed already");
    Outcome.Failed failed = (Outcome.Failed) bench.the(Effect.End.class).outcome();
    assertInstanceOf(TokenRevokedException.class, failed.reason());
  }

  @Test
  void anyOtherCloseMeansReconnecting() {
    for (int code : new int[] {1001, 1002, 1005, 1006, 1009, 1011, 1012, 1013, 4000}) {
      Bench bench = Bench.source(SSH).greeted(SSH).on(new Event.SessionClosed(code, "restart"));
      bench.the(Effect.Reconnect.class);
      assertEquals(List.of(), bench.all(Effect.End.class));
    }
  }

  // Somebody stops it.

  @Test
  void stoppedBeforeItBeganItEndsAtOnce() {
    Bench.source(SSH).on(new Event.StopRequested()).gives(STOPPED);
  }

  @Test
  void stoppedWhileItConnectsItEndsAtOnce() {
    Bench.source(SSH)
        .on(new Event.ConnectDue())
        .on(new Event.StopRequested())
        .gives(STOPPED)
        .on(new Event.SessionUp(Bench.SUBPROTOCOL_3))
        .gives(CLOSE);
  }

  @Test
  void stoppedBeforeTheServicesAreKnownItClosesTheSession() {
    Bench bench = Bench.source(SSH).on(new Event.ConnectDue());
    bench.on(new Event.SessionUp(Bench.SUBPROTOCOL_3));
    bench.on(new Event.StopRequested()).gives(CLOSE, STOPPED);
  }

  @Test
  void stoppedWhileItWaitsToReconnectItEndsAtOnceAndStaysSo() {
    Bench bench = Bench.source(SSH).greeted(SSH).on(new Event.SessionBroken("gone"));
    bench.on(new Event.StopRequested()).gives(STOPPED);
    bench.on(new Event.ConnectDue()).givesNothing();
  }

  @Test
  void stoppedWithoutConnectionsItClosesTheSession() {
    Bench bench = Bench.source(SSH).greeted(SSH).on(new Event.StopRequested());
    bench.gives(new Effect.PauseListeners(), CLOSE, STOPPED);
  }

  @Test
  void stoppedWithConnectionsItTellsThePeerAndDrainsThem() {
    Bench bench = busy().on(new Event.StopRequested()).sends(connectionReset(SSH, 1, 1));
    assertEquals(List.of(), bench.all(Effect.End.class));
    bench.on(new Event.LocalDelivered(FIRST, 1)).gives(new Effect.FinishLocal(FIRST));
    bench.on(new Event.LocalEnded(FIRST)).gives(new Effect.CloseLocal(FIRST), CLOSE, STOPPED);
  }

  @Test
  void stoppedWithAConnectionThatTakesNothingItEndsAfterTwoSeconds() {
    Bench bench = busy().on(new Event.StopRequested()).passesMillis(1_999);
    assertEquals(List.of(), bench.orders());
    bench.passesMillis(1).gives(new Effect.AbortLocal(FIRST), CLOSE, STOPPED);
  }

  @Test
  void aSecondRequestToStopChangesNothing() {
    Bench bench = busy().on(new Event.StopRequested()).passesMillis(1_000);
    bench.on(new Event.StopRequested()).givesNothing();
    bench.passesMillis(1_000);
    assertEquals(STOPPED, bench.the(Effect.End.class));
  }

  @Test
  void nothingNewStartsWhileItStops() {
    Bench bench = busy().on(new Event.StopRequested());
    bench.receives(connectionStart(SSH, 1, 2)).givesNothing().tells(Effect.Ignored.class);
    bench.receives(streamStart(SSH, 2, 1)).givesNothing().tells(Effect.Ignored.class);
    bench.receives(data(SSH, 1, 1, "more")).givesNothing();
  }

  @Test
  void aClientThatComesWhileItStopsIsRefused() {
    LocalId late = new LocalId(2);
    Bench bench = Bench.source(SSH).greeted(SSH).accepts(FIRST, SSH);
    bench.on(new Event.StopRequested()).sends(connectionReset(SSH, 1, 1));
    bench.accepts(late, SSH).gives(new Effect.AbortLocal(late)).tells(Effect.Refused.class);
  }

  @Test
  void theLossOfTheSessionWhileItStopsDoesNotCutOffLastBytes() {
    Bench bench = busy().on(new Event.StopRequested()).on(new Event.SessionBroken("gone"));
    bench.givesNothing();
    bench.on(new Event.LocalDelivered(FIRST, 1)).gives(new Effect.FinishLocal(FIRST));
    bench.on(new Event.LocalEnded(FIRST)).gives(new Effect.CloseLocal(FIRST), STOPPED);
  }

  @Test
  void theCloseOfTheTunnelWhileItStopsChangesNothing() {
    Bench bench = busy().on(new Event.StopRequested()).on(new Event.SessionClosed(1000, ""));
    bench.givesNothing().passesMillis(2_000).gives(new Effect.AbortLocal(FIRST), STOPPED);
  }

  @Test
  void otherServicesWhileItStopsMeanTheEndOfTheSessionAlone() {
    Bench bench = busy().on(new Event.StopRequested()).receives(serviceIds(WEB)).gives(CLOSE);
    bench.passesMillis(2_000).gives(new Effect.AbortLocal(FIRST), STOPPED);
  }

  @Test
  void whatDrainsFromAnEarlierSessionIsWaitedForToo() {
    Bench bench = busy().receives(streamReset(SSH, 1)).on(new Event.SessionBroken("gone"));
    bench.on(new Event.StopRequested()).givesNothing();
    bench.on(new Event.ConnectDue()).givesNothing();
    bench.on(new Event.LocalWriteFailed(FIRST, "broken pipe"));
    bench.gives(new Effect.AbortLocal(FIRST), STOPPED);
  }

  @Test
  void afterTheEndThereIsNothingLeftToDo() {
    Bench bench = busy().on(new Event.StopRequested()).passesMillis(2_000);
    bench.on(new Event.LocalDelivered(FIRST, 1)).givesNothing();
    bench.on(new Event.ConnectDue()).givesNothing();
    bench.on(new Event.StopRequested()).givesNothing();
    bench.receives(streamStart(SSH, 3, 1)).givesNothing();
    bench.passesMillis(1_000_000).givesNothing();
  }

  @Test
  void everyConnectionOfAWholeTunnelEndsWithIt() {
    World world = World.of(Dialect.V3, SSH, WEB);
    FakeSocket ann = world.client(SSH).says("hello");
    FakeSocket bob = world.client(WEB).says("hello");
    FakeSocket annsApplication = world.applicationOf(ann);
    annsApplication.says("good day");
    world.run();
    world.source.stop();
    world.run();
    assertTrue(world.source.isOver());
    assertEquals("good day", ann.heard());
    assertEquals(FakeSocket.Fate.CLOSED, bob.fate);
    assertEquals(FakeSocket.Fate.CLOSED, annsApplication.fate, "the peer was told");
  }
}
