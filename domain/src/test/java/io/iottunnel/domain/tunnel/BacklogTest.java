package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.WEB;
import static io.iottunnel.domain.tunnel.Messages.bulk;
import static io.iottunnel.domain.tunnel.Messages.connectionReset;
import static io.iottunnel.domain.tunnel.Messages.connectionStart;
import static io.iottunnel.domain.tunnel.Messages.streamStart;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Mode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Flow control towards applications: how much may wait, and who is reset when one takes nothing.
 */
class BacklogTest {

  private static final LocalId FIRST = new LocalId(1);
  private static final LocalId SECOND = new LocalId(2);
  private static final Effect RECEIVE = new Effect.ReceiveFrame();

  /** A destination with two connections, each of which may hold 1,000 bytes, both 1,500. */
  private static Bench destination() {
    TunnelSettings settings =
        TunnelSettings.DEFAULTS.change().writeBuffer(1_000).writeBufferTotal(1_500).build();
    Bench bench = new Bench(Bench.spec(Mode.DESTINATION, Dialect.V3, SSH), settings).greeted(SSH);
    bench.receives(streamStart(SSH, 1, 1)).receives(connectionStart(SSH, 1, 2));
    return bench.on(new Event.LocalConnected(FIRST)).on(new Event.LocalConnected(SECOND));
  }

  private static Bench frame(Bench bench, int connection, int bytes) {
    bench.receives(new Message.Data(SSH, 1, connection, bulk(bytes)));
    return bench.on(new Event.FrameRead());
  }

  @Test
  void framesComeWhileThereIsRoom() {
    Bench bench = destination();
    frame(bench, 1, 1_000).gives(RECEIVE);
    frame(bench, 2, 500).gives(RECEIVE);
  }

  @Test
  void onePastItsOwnBoundHoldsFramesBackUntilItHasRoom() {
    Bench bench = destination();
    frame(bench, 1, 1_001).givesNothing();
    bench.on(new Event.SessionAlive()).givesNothing();
    bench.on(new Event.LocalDelivered(FIRST, 1)).gives(RECEIVE);
  }

  @Test
  void allPastTheirCommonBoundHoldFramesBackUntilThereIsRoom() {
    Bench bench = destination();
    frame(bench, 1, 900).gives(RECEIVE);
    frame(bench, 2, 900).givesNothing();
    bench.on(new Event.LocalDelivered(SECOND, 299)).givesNothing();
    bench.on(new Event.LocalDelivered(FIRST, 1)).gives(RECEIVE);
  }

  @Test
  void theEndOfTheOneThatBlocksLetsFramesComeAgain() {
    Bench bench = destination();
    frame(bench, 1, 1_001).givesNothing();
    bench.on(new Event.LocalWriteFailed(FIRST, "broken pipe")).gives(RECEIVE);
  }

  @Test
  void oneThatBlocksAndTakesNothingIsResetAndNoOther() {
    Bench bench = destination();
    frame(bench, 2, 400).gives(RECEIVE);
    frame(bench, 1, 1_001).givesNothing();
    assertEquals(20_000, bench.nextDeadlineIn(), "the ping");
    bench.passesMillis(59_999);
    assertEquals(List.of(), bench.all(Effect.AbortLocal.class));
    bench.passesMillis(1);
    bench.gives(
        new Effect.SendPing(3),
        new Effect.SendMessage(connectionReset(SSH, 1, 1)),
        new Effect.AbortLocal(FIRST),
        RECEIVE);
    assertEquals(400, bench.undelivered());
    assertTrue(bench.the(Effect.Ended.class).reason().contains("60 s"));
    bench.passesMillis(1_000_000);
    assertEquals(List.of(), bench.all(Effect.AbortLocal.class));
  }

  @Test
  void oneThatTakesALittleIsNotReset() {
    Bench bench = destination();
    frame(bench, 1, 1_100);
    for (int i = 0; i < 5; i++) {
      bench.passesMillis(59_000).on(new Event.LocalDelivered(FIRST, 1)).givesNothing();
    }
    bench.passesMillis(60_000);
    assertEquals(List.of(new Effect.AbortLocal(FIRST)), bench.all(Effect.AbortLocal.class));
  }

  @Test
  void oneThatBlocksNobodyMayTakeItsTime() {
    Bench bench = destination();
    frame(bench, 1, 1_000);
    bench.passesMillis(10_000_000);
    assertEquals(List.of(), bench.all(Effect.AbortLocal.class));
  }

  @Test
  void aClientThatIsAloneMayTakeItsTimeUntilAnotherComes() {
    TunnelSettings small = TunnelSettings.DEFAULTS.change().writeBuffer(10).build();
    Bench bench = new Bench(Bench.source(Dialect.V3, SSH), small).greeted(SSH);
    frame(bench.accepts(FIRST, SSH), 1, 11).givesNothing();
    bench.passesMillis(10_000_000);
    assertEquals(List.of(), bench.all(Effect.AbortLocal.class));
    bench.accepts(SECOND, SSH).passesMillis(0);
    assertEquals(List.of(new Effect.AbortLocal(FIRST)), bench.all(Effect.AbortLocal.class));
  }

  @Test
  void ofSeveralThatBlockTogetherTheLargestIsResetFirst() {
    Bench bench = destination();
    frame(bench, 1, 700);
    frame(bench, 2, 900).givesNothing();
    bench.passesMillis(60_000);
    assertEquals(List.of(new Effect.AbortLocal(SECOND)), bench.all(Effect.AbortLocal.class));
    assertEquals(700, bench.undelivered());
    bench.passesMillis(1_000_000);
    assertEquals(List.of(), bench.all(Effect.AbortLocal.class));
  }

  @Test
  void oneThatDrainsAndBlocksIsCutOffWithoutAReset() {
    TunnelSettings patient =
        TunnelSettings.DEFAULTS.change().writeBuffer(10).drainLimit(Duration.ofDays(1)).build();
    Bench bench = new Bench(Bench.spec(Mode.DESTINATION, Dialect.V3, SSH), patient).greeted(SSH);
    bench.receives(streamStart(SSH, 1, 1)).on(new Event.LocalConnected(FIRST));
    frame(bench, 1, 11).receives(connectionReset(SSH, 1, 1));
    bench.passesMillis(60_000).sends();
    assertEquals(List.of(new Effect.AbortLocal(FIRST)), bench.all(Effect.AbortLocal.class));
  }

  @Test
  void anApplicationThatIsNotReachedYetHasTheSameBound() {
    Bench bench = destination().receives(connectionStart(SSH, 1, 3));
    frame(bench, 3, 1_001).givesNothing();
    assertEquals(1_001, bench.undelivered());
  }

  @Test
  void aNewSessionIsNotReadWhileWhatDrainsOfTheOldOneBlocks() {
    Bench bench = destination();
    frame(bench, 1, 1_001).on(new Event.SessionBroken("gone")).on(new Event.ConnectDue());
    bench.on(new Event.SessionUp(Bench.SUBPROTOCOL_3)).givesNothing();
    bench.on(new Event.LocalDelivered(FIRST, 1)).gives(RECEIVE);
  }

  @Test
  void memoryIsBoundedAndNothingIsLostWhereNobodyIsReset() {
    TunnelSettings settings =
        TunnelSettings.DEFAULTS.change().writeBuffer(10_000).writeBufferTotal(15_000).build();
    World world = World.of(settings, Dialect.V3, SSH);
    FakeSocket ann = world.client(SSH);
    FakeSocket bob = world.client(SSH);
    FakeSocket annsApplication = world.applicationOf(ann).takes(0);
    FakeSocket bobsApplication = world.applicationOf(bob);
    ann.says(new byte[100_000]);
    bob.says(new byte[50_000]);
    long most = 15_000 + 3 * (long) world.service.readSize();
    while (annsApplication.heardBytes().length < 100_000) {
      world.passesMillis(10_000);
      assertTrue(world.destination.machine.undelivered() <= most);
      annsApplication.takes(5_000);
      world.run();
    }
    assertEquals(50_000, bobsApplication.heardBytes().length);
    assertEquals(FakeSocket.Fate.IN_USE, ann.fate);
  }

  @Test
  void anApplicationThatStopsReadingHoldsOthersUpOnlyUntilItIsReset() {
    TunnelSettings settings = TunnelSettings.DEFAULTS.change().writeBuffer(10_000).build();
    World world = World.of(settings, Dialect.V3, SSH, WEB);
    FakeSocket ann = world.client(SSH);
    FakeSocket bob = world.client(WEB);
    FakeSocket stuck = world.applicationOf(ann).takes(0);
    ann.says(new byte[9_000]);
    bob.says("while there is room ");
    assertEquals("while there is room ", world.applicationOf(bob).heard());

    ann.says(new byte[9_000]);
    world.run();
    bob.says("held up");
    world.passesMillis(59_000);
    assertEquals("while there is room ", world.applicationOf(bob).heard());

    world.passesMillis(1_000);
    assertEquals(FakeSocket.Fate.ABORTED, stuck.fate);
    assertEquals(FakeSocket.Fate.CLOSED, ann.fate, "its client is told");
    assertEquals("while there is room held up", world.applicationOf(bob).heard());
    assertEquals(FakeSocket.Fate.IN_USE, bob.fate);
  }
}
