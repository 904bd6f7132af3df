package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.NONE;
import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.WEB;
import static io.iottunnel.domain.tunnel.Messages.data;
import static io.iottunnel.domain.tunnel.Messages.streamReset;
import static io.iottunnel.domain.tunnel.Messages.streamStart;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.ServiceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A source of V2 or V1: one client per service at a time, each with a stream of its own. */
class OlderSourcesTest {

  private static final LocalId ANN = new LocalId(1);
  private static final LocalId BOB = new LocalId(2);

  private static Bench source(Dialect dialect) {
    return new Bench(Bench.source(dialect, SSH), TunnelSettings.DEFAULTS).greeted(SSH);
  }

  private static ServiceId name(Dialect dialect) {
    return dialect == Dialect.V1 ? NONE : SSH;
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V2"})
  void aClientGetsAStreamWithoutConnectionIds(Dialect dialect) {
    Bench bench = source(dialect);
    bench.accepts(ANN, SSH).sends(streamStart(name(dialect), 1, 0));
    bench.reads(ANN, "x").sends(data(name(dialect), 1, 0, "x"));
    bench
        .receives(data(name(dialect), 1, 0, "y"))
        .gives(new Effect.WriteLocal(ANN, Messages.bytes("y")));
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V2"})
  void aSecondClientIsRefusedAndTheFirstUntouched(Dialect dialect) {
    Bench bench = source(dialect).accepts(ANN, SSH);
    bench.accepts(BOB, SSH).gives(new Effect.AbortLocal(BOB)).tells(Effect.Refused.class);
    bench.reads(ANN, "x").sends(data(name(dialect), 1, 0, "x"));
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V2"})
  void theEndOfTheClientResetsTheStreamAtOnce(Dialect dialect) {
    Bench bench = source(dialect).accepts(ANN, SSH);
    bench
        .ends(ANN)
        .gives(new Effect.SendMessage(streamReset(name(dialect), 1)), new Effect.FinishLocal(ANN));
    bench.accepts(BOB, SSH).sends(streamStart(name(dialect), 2, 0));
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V2"})
  void theErrorOfTheClientResetsTheStreamAtOnce(Dialect dialect) {
    Bench bench = source(dialect).accepts(ANN, SSH).on(new Event.LocalReadable(ANN));
    bench
        .on(new Event.LocalReadFailed(ANN, "connection reset"))
        .gives(new Effect.SendMessage(streamReset(name(dialect), 1)), new Effect.AbortLocal(ANN));
    bench.accepts(BOB, SSH).sends(streamStart(name(dialect), 2, 0));
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V2"})
  void theNextClientIsServedWhileTheLastBytesOfTheOneBeforeAreDelivered(Dialect dialect) {
    Bench bench = source(dialect).accepts(ANN, SSH);
    bench.receives(data(name(dialect), 1, 0, "bye"));
    bench.receives(streamReset(name(dialect), 1)).sends();
    bench.accepts(BOB, SSH).sends(streamStart(name(dialect), 2, 0));
    bench.on(new Event.LocalDelivered(ANN, 3)).gives(new Effect.FinishLocal(ANN));
    bench.on(new Event.LocalEnded(ANN)).gives(new Effect.CloseLocal(ANN));
    bench.reads(BOB, "x").sends(data(name(dialect), 2, 0, "x"));
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V2"})
  void streamIdsGoOnGrowingAcrossReconnects(Dialect dialect) {
    Bench bench = source(dialect).accepts(ANN, SSH);
    bench.on(new Event.SessionBroken("gone")).greeted(SSH);
    bench.accepts(BOB, SSH).sends(streamStart(name(dialect), 2, 0));
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V2"})
  void aWholeConversationWithADestinationThatKnowsNoDialectBeforehand(Dialect dialect) {
    World world = World.of(dialect, SSH);
    for (int i = 0; i < 3; i++) {
      FakeSocket client = world.client(SSH).says("hello " + i);
      FakeSocket application = world.applicationOf(client).says("good day " + i);
      world.run();
      assertEquals("hello " + i, application.heard());
      assertEquals("good day " + i, client.heard());
      application.finishes();
      world.run();
      assertEquals(FakeSocket.Fate.CLOSED, client.fate);
    }
  }

  @Test
  void servicesOfAV2SourceDoNotKnowOfEachOther() {
    TunnelSpec spec = Bench.source(Dialect.V2, SSH, WEB);
    Bench bench = new Bench(spec, TunnelSettings.DEFAULTS).greeted(SSH, WEB);
    bench.accepts(ANN, SSH).sends(streamStart(SSH, 1, 0));
    bench.accepts(BOB, WEB).sends(streamStart(WEB, 1, 0));
    bench.ends(ANN).sends(streamReset(SSH, 1));
    bench.reads(BOB, "x").sends(data(WEB, 1, 0, "x"));
  }
}
