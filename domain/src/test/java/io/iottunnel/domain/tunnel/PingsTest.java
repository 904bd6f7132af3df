package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.bulk;
import static io.iottunnel.domain.tunnel.Messages.streamStart;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pings, pongs, and a link that is dead. */
class PingsTest {

  private static final LocalId FIRST = new LocalId(1);

  /** After a ping that was answered at once. */
  private static Bench answered(Bench bench) {
    bench.passesMillis(20_000).gives(new Effect.SendPing(1));
    return bench.on(new Event.PongReceived(1));
  }

  @Test
  void aPingIsSentInEachPeriod() {
    Bench bench = Bench.source(SSH).greeted(SSH);
    for (int i = 1; i <= 3; i++) {
      bench.passesMillis(19_999).givesNothing();
      bench.passesMillis(1).gives(new Effect.SendPing(i));
      bench.on(new Event.PongReceived(i)).givesNothing();
    }
  }

  @Test
  void pingsEndWithTheSessionAndBeginAgainWithTheNext() {
    Bench bench = answered(Bench.source(SSH).greeted(SSH)).on(new Event.SessionBroken("gone"));
    bench.passesMillis(100_000).givesNothing();
    bench.greeted(SSH).passesMillis(20_000).gives(new Effect.SendPing(2));
  }

  @Test
  void aServiceThatNeverAnswersPingsIsNotDead() {
    Bench bench = Bench.source(SSH).greeted(SSH).passesMillis(20 * 20_000);
    assertEquals(20, bench.all(Effect.SendPing.class).size());
    assertEquals(List.of(), bench.all(Effect.AbandonSession.class));
  }

  @Test
  void aServiceThatAnsweredOnceAndFallsSilentIsDeadAfterThreePeriods() {
    Bench bench = answered(Bench.source(SSH).greeted(SSH)).passesMillis(59_999);
    assertEquals(List.of(), bench.all(Effect.AbandonSession.class));
    bench.passesMillis(1);
    assertTrue(bench.the(Effect.AbandonSession.class).reason().contains("60000 ms"));
    bench.the(Effect.Reconnect.class);
  }

  @Test
  void anyByteIsASignOfLife() {
    for (Event sign :
        List.of(
            new Event.SessionAlive(),
            new Event.PongReceived(77),
            new Event.FrameRead(),
            new Event.MessageReceived(new Message.Unknown(99, true)))) {
      Bench bench = answered(Bench.source(SSH).greeted(SSH)).passesMillis(59_999).on(sign);
      bench.passesMillis(59_999);
      assertEquals(List.of(), bench.all(Effect.AbandonSession.class), sign.toString());
      bench.passesMillis(20_001);
      bench.the(Effect.AbandonSession.class);
    }
  }

  @Test
  void aPongToNothingOfOursProvesNoHabitOfAnswering() {
    Bench bench = Bench.source(SSH).greeted(SSH).on(new Event.PongReceived(0));
    bench.passesMillis(20_000).on(new Event.PongReceived(2)).passesMillis(200_000);
    assertEquals(List.of(), bench.all(Effect.AbandonSession.class));
  }

  @Test
  void aPongOfAnEarlierSessionProvesNothingInThisOne() {
    Bench bench = answered(Bench.source(SSH).greeted(SSH)).on(new Event.SessionBroken("gone"));
    bench.greeted(SSH).on(new Event.PongReceived(1)).passesMillis(200_000);
    assertEquals(List.of(), bench.all(Effect.AbandonSession.class));
  }

  @Test
  void theCountStandsStillWhileItIsWeWhoDoNotRead() {
    TunnelSettings small = TunnelSettings.DEFAULTS.change().writeBuffer(10).build();
    Bench bench = new Bench(Bench.spec(Mode.DESTINATION, Dialect.V3, SSH), small).greeted(SSH);
    answered(bench).receives(streamStart(SSH, 1, 1)).on(new Event.LocalConnected(FIRST));
    bench.receives(new Message.Data(SSH, 1, 1, bulk(11))).on(new Event.FrameRead());
    for (int i = 0; i < 10; i++) {
      bench.passesMillis(59_000);
      assertEquals(List.of(), bench.all(Effect.AbandonSession.class));
      bench.on(new Event.LocalDelivered(FIRST, 1)).gives(new Effect.ReceiveFrame());
      bench.receives(new Message.Data(SSH, 1, 1, bulk(1))).on(new Event.FrameRead());
    }
    bench.on(new Event.LocalDelivered(FIRST, 11)).gives(new Effect.ReceiveFrame());
    bench.passesMillis(59_999);
    assertEquals(List.of(), bench.all(Effect.AbandonSession.class));
    bench.passesMillis(20_000);
    bench.the(Effect.AbandonSession.class);
  }

  @Test
  void theServicesAreNotOverdueWhileItIsWeWhoDoNotRead() {
    TunnelSettings small = TunnelSettings.DEFAULTS.change().writeBuffer(10).build();
    Bench bench = new Bench(Bench.spec(Mode.DESTINATION, Dialect.V3, SSH), small).greeted(SSH);
    bench.receives(streamStart(SSH, 1, 1)).on(new Event.LocalConnected(FIRST));
    bench.receives(new Message.Data(SSH, 1, 1, bulk(20)));
    bench.on(new Event.SessionBroken("gone")).on(new Event.ConnectDue());
    bench.on(new Event.SessionUp(Bench.SUBPROTOCOL_3)).givesNothing();
    bench.passesMillis(20_000).on(new Event.LocalDelivered(FIRST, 1)).passesMillis(15_000);
    assertEquals(List.of(), bench.all(Effect.CloseSession.class));
    bench.on(new Event.LocalDelivered(FIRST, 19));
    bench.the(Effect.ReceiveFrame.class);
  }
}
