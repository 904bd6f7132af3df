package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.bulk;
import static io.iottunnel.domain.tunnel.Messages.connectionReset;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Dialect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Flow control towards the service: who is read next, and how much may wait. */
class SendTurnsTest {

  private static final int FULL = Message.MAX_PAYLOAD;
  private static final LocalId ANN = new LocalId(1);
  private static final LocalId BOB = new LocalId(2);
  private static final LocalId CAT = new LocalId(3);

  /** A source with three clients and room for so many full messages. */
  private static Bench source(int messages) {
    TunnelSettings settings = TunnelSettings.DEFAULTS.change().sendQueue(messages * FULL).build();
    Bench bench = new Bench(Bench.source(Dialect.V3, SSH), settings).greeted(SSH);
    return bench.accepts(ANN, SSH).accepts(BOB, SSH).accepts(CAT, SSH);
  }

  private static Effect read(LocalId local) {
    return new Effect.ReadLocal(local);
  }

  private static Event full(LocalId local) {
    return new Event.LocalRead(local, bulk(FULL), true);
  }

  @Test
  void aClientIsReadWhenItIsReadableAndThereIsRoom() {
    Bench bench = source(1);
    bench.on(new Event.LocalReadable(ANN)).gives(read(ANN));
    bench.on(new Event.LocalReadable(BOB)).givesNothing();
    assertEquals(1, bench.on(full(ANN)).sent().size());
    bench.on(new Event.DataSent(ANN, FULL)).gives(read(BOB));
  }

  @Test
  void clientsTakeTurnsOneMessageEach() {
    Bench bench = source(1).on(new Event.LocalReadable(ANN)).gives(read(ANN));
    bench.on(new Event.LocalReadable(BOB)).on(new Event.LocalReadable(CAT));
    LocalId[] order = {ANN, BOB, CAT, ANN, BOB, CAT, ANN};
    for (int i = 0; i < order.length - 1; i++) {
      bench.on(full(order[i]));
      bench.on(new Event.DataSent(order[i], FULL)).gives(read(order[i + 1]));
    }
  }

  @Test
  void aShortReadWaitsUntilThereIsMore() {
    Bench bench = source(4).reads(ANN, "short");
    bench.on(new Event.DataSent(ANN, 5)).gives(new Effect.AwaitReadable(ANN));
  }

  @Test
  void aReadThatFoundNothingGivesItsRoomBack() {
    Bench bench = source(1).on(new Event.LocalReadable(ANN)).on(new Event.LocalReadable(BOB));
    bench.on(new Event.LocalIdle(ANN)).gives(new Effect.AwaitReadable(ANN), read(BOB));
  }

  @Test
  void aReadThatFoundTheEndGivesItsRoomBack() {
    Bench bench = source(1).on(new Event.LocalReadable(ANN)).on(new Event.LocalReadable(BOB));
    bench.on(new Event.LocalEnded(ANN)).gives(read(BOB));
  }

  @Test
  void aReadThatFailedGivesItsRoomBack() {
    Bench bench = source(1).on(new Event.LocalReadable(ANN)).on(new Event.LocalReadable(BOB));
    bench
        .on(new Event.LocalReadFailed(ANN, "connection reset"))
        .gives(
            new Effect.SendMessage(connectionReset(SSH, 1, 1)),
            new Effect.AbortLocal(ANN),
            read(BOB));
  }

  @Test
  void aReadThatCameTooLateGivesItsRoomBack() {
    Bench bench = source(1).on(new Event.LocalReadable(ANN)).on(new Event.LocalReadable(BOB));
    bench.receives(connectionReset(SSH, 1, 1));
    bench.on(full(ANN)).gives(read(BOB));
  }

  @Test
  void oneThatIsOverLosesItsPlaceInTheQueue() {
    Bench bench = source(1).on(new Event.LocalReadable(ANN)).on(new Event.LocalReadable(BOB));
    bench.on(new Event.LocalReadable(CAT)).receives(connectionReset(SSH, 1, 2));
    bench.on(new Event.LocalIdle(ANN)).gives(new Effect.AwaitReadable(ANN), read(CAT));
  }

  @Test
  void smallMessagesOfOthersPassWhileABulkMessageWaitsForTheNetwork() {
    Bench bench = source(2).on(new Event.LocalReadable(ANN)).on(full(ANN));
    bench.reads(BOB, "ls\n").on(new Event.DataSent(BOB, 3));
    bench.gives(new Effect.AwaitReadable(BOB));
    bench.reads(BOB, "pwd\n");
  }

  @Test
  void moreThanTheBoundNeverWaits() {
    for (int messages : new int[] {1, 2, 5}) {
      Bench bench = source(messages);
      int asked = 0;
      for (LocalId local : List.of(ANN, BOB, CAT)) {
        asked += bench.on(new Event.LocalReadable(local)).all(Effect.ReadLocal.class).size();
      }
      assertEquals(Math.min(3, messages), asked);
    }
  }

  @Test
  void aBoundBelowOneMessageStillLetsOnePass() {
    TunnelSettings tiny = TunnelSettings.DEFAULTS.change().sendQueue(1).build();
    Bench bench = new Bench(Bench.source(Dialect.V3, SSH), tiny).greeted(SSH).accepts(ANN, SSH);
    bench.on(new Event.LocalReadable(ANN)).gives(read(ANN));
  }

  @Test
  void theNextSessionBeginsWithAllTheRoom() {
    Bench bench = source(1).on(new Event.LocalReadable(ANN)).on(full(ANN));
    bench.on(new Event.LocalReadable(BOB)).givesNothing();
    bench.on(new Event.SessionBroken("gone")).greeted(SSH);
    LocalId dan = new LocalId(4);
    bench.accepts(dan, SSH).on(new Event.LocalReadable(dan)).gives(read(dan));
  }

  @Test
  void aCongestedTunnelHoldsNoMoreThanTheBoundAndLosesNothing() {
    TunnelSettings settings = TunnelSettings.DEFAULTS.change().sendQueue(2 * FULL).build();
    World world = World.of(settings, Dialect.V3, SSH);
    world.service.readSize(FULL);
    FakeSocket bulk = world.client(SSH);
    FakeSocket small = world.client(SSH);
    world.source.link.congested = true;
    bulk.says(new byte[10 * FULL]);
    small.says("ls");
    world.run();
    assertTrue(world.source.link.unsent() > 0, "something waits");
    world.source.link.congested = false;
    world.run();
    assertEquals(10 * FULL, world.applicationOf(bulk).heardBytes().length);
    assertEquals("ls", world.applicationOf(small).heard());
  }
}
