package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.bulk;
import static io.iottunnel.domain.tunnel.Messages.connectionReset;
import static io.iottunnel.domain.tunnel.Messages.connectionStart;
import static io.iottunnel.domain.tunnel.Messages.data;
import static io.iottunnel.domain.tunnel.Messages.streamReset;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Mode;
import org.junit.jupiter.api.Test;

/** The client of a V3 source has finished sending, and the rest of its answer is on its way. */
class LingeringTest {

  private static final LocalId ANN = new LocalId(1);
  private static final LocalId BOB = new LocalId(2);
  private static final Message RESET = connectionReset(SSH, 1, 1);

  private static Bench halfClosed(TunnelSettings settings) {
    Bench bench = new Bench(Bench.source(Dialect.V3, SSH), settings).greeted(SSH);
    bench.accepts(ANN, SSH).reads(ANN, "question").on(new Event.DataSent(ANN, 8));
    return bench.ends(ANN).givesNothing();
  }

  private static Bench halfClosed() {
    return halfClosed(TunnelSettings.DEFAULTS);
  }

  @Test
  void theResetIsSentOnceNothingHasArrivedForAWhile() {
    Bench bench = halfClosed().passesMillis(299).givesNothing();
    bench.passesMillis(1);
    bench.gives(new Effect.SendMessage(RESET), new Effect.FinishLocal(ANN));
    bench.on(new Event.LocalEnded(ANN)).gives(new Effect.CloseLocal(ANN));
  }

  @Test
  void eachArrivalStartsTheTimeAnew() {
    Bench bench = halfClosed();
    for (int i = 0; i < 10; i++) {
      bench.passesMillis(250).givesNothing();
      bench.receives(data(SSH, 1, 1, "part"));
      bench.gives(new Effect.WriteLocal(ANN, Messages.bytes("part")));
      bench.on(new Event.LocalDelivered(ANN, 4));
    }
    bench.passesMillis(299).givesNothing();
    bench.passesMillis(1).sends(RESET);
  }

  @Test
  void aLongWayMeansALongerWait() {
    Bench bench = new Bench(Bench.source(Dialect.V3, SSH), TunnelSettings.DEFAULTS).greeted(SSH);
    bench.passesMillis(20_000).gives(new Effect.SendPing(1));
    bench.passesMillis(500).on(new Event.PongReceived(1));
    bench.accepts(ANN, SSH).ends(ANN);
    bench.passesMillis(1_999).givesNothing();
    bench.passesMillis(1).sends(RESET);
  }

  @Test
  void thePeerMayEndItFirstAndGetsNoReset() {
    Bench bench = halfClosed().receives(data(SSH, 1, 1, "answer")).receives(RESET).givesNothing();
    bench.on(new Event.LocalDelivered(ANN, 6)).gives(new Effect.FinishLocal(ANN));
    bench.passesMillis(1_000).givesNothing();
  }

  @Test
  void whatIsUndeliveredWhenTheTimeIsOverIsDelivered() {
    Bench bench = halfClosed().receives(data(SSH, 1, 1, "answer"));
    bench.passesMillis(300).gives(new Effect.SendMessage(RESET));
    bench.on(new Event.LocalDelivered(ANN, 6)).gives(new Effect.FinishLocal(ANN));
  }

  @Test
  void aWriteThatFailsEndsItAtOnce() {
    Bench bench = halfClosed().receives(data(SSH, 1, 1, "answer"));
    bench
        .on(new Event.LocalWriteFailed(ANN, "broken pipe"))
        .gives(new Effect.SendMessage(RESET), new Effect.AbortLocal(ANN));
  }

  @Test
  void aLingeringConnectionDoesNotCountInTheLimit() {
    Bench bench = halfClosed(TunnelSettings.DEFAULTS.change().maxConnections(1).build());
    bench.accepts(BOB, SSH).sends(connectionStart(SSH, 1, 2));
  }

  @Test
  void aStreamResetEndsItToo() {
    halfClosed().receives(streamReset(SSH, 1)).gives(new Effect.FinishLocal(ANN));
  }

  @Test
  void theTimeStandsStillWhileItIsWeWhoDoNotRead() {
    TunnelSettings small = TunnelSettings.DEFAULTS.change().writeBuffer(1000).build();
    Bench bench = halfClosed(small).receives(new Message.Data(SSH, 1, 1, bulk(1001)));
    bench.on(new Event.FrameRead()).givesNothing();
    bench.passesMillis(5_000).givesNothing();
    bench.on(new Event.LocalDelivered(ANN, 1001)).gives(new Effect.ReceiveFrame());
    bench.passesMillis(299).givesNothing();
    bench.passesMillis(1).sends(RESET);
  }

  @Test
  void aLongAnswerToASlowClientArrivesWhole() {
    TunnelSettings small = TunnelSettings.DEFAULTS.change().writeBuffer(2_000).build();
    World world = World.of(small, Dialect.V3, SSH);
    FakeSocket client = world.client(SSH).says("send me all").finishes().takes(0);
    FakeSocket application = world.applicationOf(client);
    application.says("x".repeat(50_000)).finishes();
    for (int i = 0; i < 100; i++) {
      world.passesMillis(1_000);
      client.takes(500);
      world.run();
    }
    assertEquals("send me all", application.heard());
    assertEquals(50_000, client.heard().length());
    assertEquals(FakeSocket.Fate.CLOSED, client.fate);
  }

  @Test
  void onlyAV3SourceLingers() {
    for (Dialect old : new Dialect[] {Dialect.V1, Dialect.V2}) {
      Bench bench = new Bench(Bench.source(old, SSH), TunnelSettings.DEFAULTS).greeted(SSH);
      bench.accepts(ANN, SSH).ends(ANN);
      assertEquals(1, bench.sent().size(), "the stream's reset");
    }
    TunnelSpec destination = Bench.spec(Mode.DESTINATION, Dialect.V3, SSH);
    Bench bench = new Bench(destination, TunnelSettings.DEFAULTS).greeted(SSH);
    bench.receives(Messages.streamStart(SSH, 1, 1)).on(new Event.LocalConnected(ANN));
    bench.ends(ANN).gives(new Effect.SendMessage(RESET), new Effect.FinishLocal(ANN));
  }
}
