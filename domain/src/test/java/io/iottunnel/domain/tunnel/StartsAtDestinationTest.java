package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.NONE;
import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.bytes;
import static io.iottunnel.domain.tunnel.Messages.connectionReset;
import static io.iottunnel.domain.tunnel.Messages.connectionStart;
import static io.iottunnel.domain.tunnel.Messages.data;
import static io.iottunnel.domain.tunnel.Messages.streamReset;
import static io.iottunnel.domain.tunnel.Messages.streamStart;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Starts that meet a stream at a destination, or none. */
class StartsAtDestinationTest {

  private static final LocalId FIRST = new LocalId(1);
  private static final LocalId SECOND = new LocalId(2);
  private static final LocalId THIRD = new LocalId(3);

  @Test
  void aNewStreamReplacesTheOneThatIsActiveAtOnce() {
    Bench bench = Bench.started(FIRST, streamStart(SSH, 1, 1)).receives(connectionStart(SSH, 1, 2));
    bench.on(new Event.LocalConnected(SECOND));
    bench.receives(data(SSH, 1, 2, "last words"));
    bench.receives(streamStart(SSH, 2, 1)).sends();
    assertEquals(List.of(Bench.opening(THIRD)), List.copyOf(bench.all(Effect.OpenLocal.class)));
    bench.on(new Event.LocalDelivered(SECOND, 10)).gives(new Effect.FinishLocal(SECOND));
    bench.on(new Event.LocalConnected(THIRD));
    bench.receives(data(SSH, 2, 1, "x")).gives(new Effect.WriteLocal(THIRD, bytes("x")));
    bench.receives(data(SSH, 1, 1, "stale")).givesNothing().tells(Effect.Ignored.class);
  }

  @Test
  void theOldStreamIsNotResetAtThePeer() {
    Bench.started(FIRST, streamStart(SSH, 1, 1)).receives(streamStart(SSH, 2, 1)).sends();
  }

  @Test
  void theActiveStreamStartedAgainIsAFreshStart() {
    Bench bench = Bench.started(FIRST, streamStart(SSH, 1, 1));
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
      Bench bench = Bench.started(FIRST, streamStart(SSH, 1, 0)).receives(next).sends();
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
    bench.receives(connectionStart(SSH, 9, 4)).gives(Bench.opening(FIRST));
    bench.on(new Event.LocalConnected(FIRST)).reads(FIRST, "x").sends(data(SSH, 9, 4, "x"));
    bench.receives(connectionStart(SSH, 9, 5)).gives(Bench.opening(SECOND));
  }

  @Test
  void anAdoptedConnectionThatBearsNoNameIsAnsweredWithoutOne() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(connectionStart(NONE, 9, 4)).on(new Event.LocalConnected(FIRST));
    bench.ends(FIRST).sends(streamReset(NONE, 9));
  }

  @Test
  void aConnectionStartForOneThatIsOpenEndsThatOneAlone() {
    Bench bench = Bench.started(FIRST, streamStart(SSH, 1, 1)).receives(connectionStart(SSH, 1, 2));
    bench.on(new Event.LocalConnected(SECOND));
    bench.receives(connectionStart(SSH, 1, 2)).sends(connectionReset(SSH, 1, 2));
    assertEquals(List.of(), bench.all(Effect.OpenLocal.class));
    bench.receives(data(SSH, 1, 1, "x")).gives(new Effect.WriteLocal(FIRST, bytes("x")));
    bench.receives(data(SSH, 1, 2, "x")).givesNothing();
  }

  @Test
  void aConnectionStartWithoutAConnectionIdMeansTheFirst() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(connectionStart(SSH, 4, 0)).gives(Bench.opening(FIRST));
    bench.on(new Event.LocalConnected(FIRST)).reads(FIRST, "x").sends(data(SSH, 4, 1, "x"));
    bench.receives(connectionStart(SSH, 4, 0)).sends(connectionReset(SSH, 4, 1));
  }

  @Test
  void aConnectionStartForAnotherStreamThanTheActiveOneIsStale() {
    Bench bench = Bench.started(FIRST, streamStart(SSH, 2, 1));
    bench.receives(connectionStart(SSH, 1, 2)).givesNothing().tells(Effect.Ignored.class);
  }

  @Test
  void aStartWithoutAStreamIdIsNotAnswered() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(streamStart(SSH, 0, 1)).givesNothing().tells(Effect.Warned.class);
    bench.receives(streamStart(SSH, -1, 1)).givesNothing().tells(Effect.Warned.class);
    bench.receives(connectionStart(SSH, 0, 1)).givesNothing().tells(Effect.Warned.class);
  }
}
