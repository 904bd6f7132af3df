package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.NONE;
import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.WEB;
import static io.iottunnel.domain.tunnel.Messages.connectionReset;
import static io.iottunnel.domain.tunnel.Messages.data;
import static io.iottunnel.domain.tunnel.Messages.streamStart;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.RetriesUsedUpException;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.ServicesMismatchException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A source on standard input and output: one client, and the end with it. */
class SoleClientTest {

  private static final LocalId CLIENT = new LocalId(1);
  private static final Effect CLOSE = new Effect.CloseSession(1000, "");
  private static final Effect OVER = new Effect.End(new Outcome.ConnectionOver());

  private static Bench connected() {
    return Bench.stdio(SSH).greeted(SSH).accepts(CLIENT, SSH);
  }

  private static Outcome.Failed failure(Bench bench) {
    return assertInstanceOf(Outcome.Failed.class, bench.the(Effect.End.class).outcome());
  }

  @Test
  void itIsConnectedAsAnyOther() {
    Bench bench = Bench.stdio(SSH).greeted(SSH);
    bench.gives(new Effect.Listen(SSH, new Endpoint.Stdio()));
    bench.accepts(CLIENT, SSH).sends(streamStart(SSH, 1, 1));
  }

  @Test
  void whenThePeerEndsItAllIsDeliveredAndOver() {
    Bench bench =
        connected().receives(data(SSH, 1, 1, "last")).receives(connectionReset(SSH, 1, 1));
    assertEquals(List.of(), bench.all(Effect.End.class));
    bench.on(new Event.LocalDelivered(CLIENT, 4)).gives(new Effect.FinishLocal(CLIENT));
    bench.on(new Event.LocalEnded(CLIENT));
    bench.gives(new Effect.CloseLocal(CLIENT), new Effect.PauseListeners(), CLOSE, OVER);
  }

  @Test
  void whenItEndsWhatIsOnItsWayIsAwaitedFirst() {
    Bench bench = connected().reads(CLIENT, "last words").ends(CLIENT);
    bench.receives(data(SSH, 1, 1, "answer")).on(new Event.LocalDelivered(CLIENT, 6));
    assertEquals(List.of(), bench.all(Effect.End.class));
    bench.passesMillis(300);
    assertEquals(List.of(connectionReset(SSH, 1, 1)), bench.sent());
    bench.on(new Event.LocalEnded(CLIENT));
    assertEquals(OVER, bench.the(Effect.End.class));
  }

  @Test
  void whenItTakesNoMoreItIsHeardToItsEnd() {
    Bench bench = connected().receives(data(SSH, 1, 1, "x"));
    bench.on(new Event.LocalWriteFailed(CLIENT, "broken pipe"));
    bench.reads(CLIENT, "y").sends(data(SSH, 1, 1, "y"));
    bench.ends(CLIENT).sends(connectionReset(SSH, 1, 1));
    assertEquals(OVER, bench.the(Effect.End.class));
  }

  @Test
  void aSessionThatIsLostBeforeItCameIsFollowedByTheNext() {
    Bench bench = Bench.stdio(SSH).greeted(SSH).on(new Event.SessionBroken("gone"));
    bench.the(Effect.Reconnect.class);
    bench.greeted(SSH).accepts(CLIENT, SSH).sends(streamStart(SSH, 1, 1));
  }

  @Test
  void aSessionThatIsLostWithItEndsItAll() {
    Bench bench = connected().receives(data(SSH, 1, 1, "x")).on(new Event.SessionBroken("gone"));
    assertEquals(List.of(), bench.all(Effect.Reconnect.class));
    bench.on(new Event.LocalDelivered(CLIENT, 1)).on(new Event.LocalEnded(CLIENT));
    assertInstanceOf(RetriesUsedUpException.class, failure(bench).reason());
    assertTrue(failure(bench).reason().getMessage().contains("gone"));
  }

  @Test
  void aSessionThatIsLostAtTheVeryMomentItComesEndsItAll() {
    Bench bench = Bench.stdio(SSH).greeted(SSH).on(new Event.SessionBroken("gone"));
    bench.accepts(CLIENT, SSH);
    assertInstanceOf(RetriesUsedUpException.class, failure(bench).reason());
  }

  @Test
  void aSecondOneIsTurnedAway() {
    LocalId second = new LocalId(2);
    connected().accepts(second, SSH).gives(new Effect.AbortLocal(second));
  }

  @Test
  void aTunnelThatIsClosedEndsItAsAnyOther() {
    Bench bench = connected().on(new Event.SessionClosed(1000, "over"));
    bench.on(new Event.LocalEnded(CLIENT));
    assertEquals(new Outcome.TunnelClosed("over"), bench.the(Effect.End.class).outcome());
  }

  @Test
  void itsServiceMayBeOneOfMany() {
    Bench bench = Bench.stdio(WEB).greeted(SSH, WEB);
    bench.gives(new Effect.Listen(WEB, new Endpoint.Stdio()));
  }

  @Test
  void withoutANameItIsForTheOnlyService() {
    Bench bench = Bench.stdio(NONE).greeted(WEB);
    bench.gives(new Effect.Listen(WEB, new Endpoint.Stdio()));
  }

  @Test
  void aServiceThatIsNotThereOrNotNamedIsAMismatch() {
    for (ServiceId wanted : new ServiceId[] {new ServiceId("OTHER"), NONE}) {
      Bench bench = Bench.stdio(wanted).greeted(SSH, WEB);
      assertInstanceOf(ServicesMismatchException.class, failure(bench).reason());
    }
  }
}
