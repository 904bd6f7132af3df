package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.NONE;
import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.WEB;
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

class V3SourceTest {

  private static final LocalId ANN = new LocalId(1);
  private static final LocalId BOB = new LocalId(2);
  private static final LocalId CAT = new LocalId(3);

  @Test
  void helloThereAndBack() {
    World world = World.of(Dialect.V3, SSH);
    FakeSocket client = world.client(SSH).says("hello");
    FakeSocket application = world.applicationOf(client);
    assertEquals("hello", application.heard());
    application.says("good day").finishes();
    world.run();
    assertEquals("good day", client.heard());
    assertEquals(FakeSocket.Fate.CLOSED, client.fate);
    assertEquals(FakeSocket.Fate.CLOSED, application.fate);
  }

  @Test
  void theFirstClientStartsAStreamAndFurtherOnesStartConnections() {
    Bench bench = Bench.source(SSH).greeted(SSH);
    bench
        .accepts(ANN, SSH)
        .gives(new Effect.SendMessage(streamStart(SSH, 1, 1)), new Effect.AwaitReadable(ANN));
    bench
        .accepts(BOB, SSH)
        .gives(new Effect.SendMessage(connectionStart(SSH, 1, 2)), new Effect.AwaitReadable(BOB));
    bench.accepts(CAT, SSH).sends(connectionStart(SSH, 1, 3));
  }

  @Test
  void dataFollowsTheStartWithoutWaiting() {
    Bench bench = Bench.source(SSH).greeted(SSH).accepts(ANN, SSH).accepts(BOB, SSH);
    bench.reads(BOB, "from Bob").sends(data(SSH, 1, 2, "from Bob"));
    bench.reads(ANN, "from Ann").sends(data(SSH, 1, 1, "from Ann"));
  }

  @Test
  void eachServiceHasItsOwnStream() {
    Bench bench = Bench.source(SSH, WEB).greeted(SSH, WEB);
    bench.accepts(ANN, SSH).sends(streamStart(SSH, 1, 1));
    bench.accepts(BOB, WEB).sends(streamStart(WEB, 1, 1));
    bench.accepts(CAT, WEB).sends(connectionStart(WEB, 1, 2));
  }

  @Test
  void theUnnamedServiceIsNeverNamed() {
    Bench bench = Bench.source(NONE).greeted();
    bench.accepts(ANN, NONE).sends(streamStart(NONE, 1, 1));
    bench.accepts(BOB, NONE).sends(connectionStart(NONE, 1, 2));
    bench.reads(BOB, "x").sends(data(NONE, 1, 2, "x"));
  }

  @Test
  void aStreamLivesOnWithoutConnections() {
    Bench bench = Bench.source(SSH).greeted(SSH).accepts(ANN, SSH);
    bench.receives(connectionReset(SSH, 1, 1)).gives(new Effect.FinishLocal(ANN));
    bench.accepts(BOB, SSH).sends(connectionStart(SSH, 1, 2));
  }

  @Test
  void connectionIdsAreNeverUsedAgainInAStream() {
    Bench bench = Bench.source(SSH).greeted(SSH).accepts(ANN, SSH).accepts(BOB, SSH);
    bench.receives(connectionReset(SSH, 1, 2)).receives(connectionReset(SSH, 1, 1));
    bench.accepts(CAT, SSH).sends(connectionStart(SSH, 1, 3));
  }

  @Test
  void afterAStreamResetTheNextClientStartsTheNextStream() {
    Bench bench = Bench.source(SSH).greeted(SSH).accepts(ANN, SSH).accepts(BOB, SSH);
    bench
        .receives(streamReset(SSH, 1))
        .gives(new Effect.FinishLocal(ANN), new Effect.FinishLocal(BOB));
    bench.accepts(CAT, SSH).sends(streamStart(SSH, 2, 1));
  }

  @Test
  void afterASessionResetTheNextClientStartsTheNextStream() {
    Bench bench = Bench.source(SSH, WEB).greeted(SSH, WEB).accepts(ANN, SSH).accepts(BOB, WEB);
    bench.receives(sessionReset()).gives(new Effect.FinishLocal(ANN), new Effect.FinishLocal(BOB));
    bench.accepts(CAT, SSH).sends(streamStart(SSH, 2, 1));
  }

  @Test
  void streamIdsGoOnGrowingAcrossReconnects() {
    Bench bench = Bench.source(SSH).greeted(SSH).accepts(ANN, SSH);
    bench.on(new Event.SessionBroken("gone")).greeted(SSH);
    bench.accepts(BOB, SSH).sends(streamStart(SSH, 2, 1));
    bench.on(new Event.SessionBroken("gone")).greeted(SSH);
    bench.accepts(CAT, SSH).sends(streamStart(SSH, 3, 1));
  }

  @Test
  void streamIdsGoOnGrowingForAServiceThatComesBack() {
    Bench bench = Bench.source().greeted(SSH).accepts(ANN, SSH).sends(streamStart(SSH, 1, 1));
    bench.on(new Event.SessionBroken("gone")).greeted(WEB);
    bench.on(new Event.SessionBroken("gone")).greeted(SSH);
    bench.accepts(BOB, SSH).sends(streamStart(SSH, 2, 1));
  }

  @Test
  void aClientBeyondTheLimitIsRefusedAndNothingElseHappens() {
    TunnelSettings two = TunnelSettings.DEFAULTS.change().maxConnections(2).build();
    Bench bench = new Bench(Bench.source(Dialect.V3, SSH), two).greeted(SSH);
    bench.accepts(ANN, SSH).accepts(BOB, SSH);
    bench.accepts(CAT, SSH).gives(new Effect.AbortLocal(CAT)).tells(Effect.Refused.class);
    bench.reads(ANN, "x").sends(data(SSH, 1, 1, "x"));
    bench.receives(connectionReset(SSH, 1, 1));
    bench.accepts(CAT, SSH).sends(connectionStart(SSH, 1, 3));
  }

  @Test
  void aClientForAServiceThatIsGoneIsRefused() {
    Bench bench = Bench.source().greeted(SSH).on(new Event.SessionBroken("gone")).greeted(WEB);
    bench.accepts(ANN, SSH).gives(new Effect.AbortLocal(ANN)).tells(Effect.Refused.class);
  }

  @Test
  void dataForAConnectionThatIsOverIsDroppedWithoutAnAnswer() {
    Bench bench = Bench.source(SSH).greeted(SSH).accepts(ANN, SSH);
    bench.receives(connectionReset(SSH, 1, 1));
    bench.receives(data(SSH, 1, 1, "late")).givesNothing().tells(Effect.Ignored.class);
  }

  @Test
  void whatComesBeforeAnyClientIsDroppedWithoutAnAnswer() {
    Bench bench = Bench.source(SSH).greeted(SSH);
    for (Message early :
        List.of(
            streamReset(SSH, 1),
            connectionReset(SSH, 1, 1),
            data(SSH, 1, 1, "early"),
            data(SSH, 0, 0, "early"))) {
      bench.receives(early).givesNothing().tells(Effect.Ignored.class);
    }
    bench.receives(sessionReset()).givesNothing();
    bench.accepts(ANN, SSH).sends(streamStart(SSH, 1, 1));
  }

  @Test
  void whatIsOfNoStreamOrConnectionOrServiceIsDroppedWithoutAnAnswer() {
    Bench bench = Bench.source(SSH).greeted(SSH).accepts(ANN, SSH);
    for (Message stray :
        List.of(
            streamReset(SSH, 7),
            connectionReset(SSH, 7, 1),
            connectionReset(SSH, 1, 7),
            data(SSH, 7, 1, "x"),
            data(SSH, 1, 7, "x"))) {
      bench.receives(stray).givesNothing().tells(Effect.Ignored.class);
    }
    for (Message strange :
        List.of(streamReset(WEB, 1), connectionReset(WEB, 1, 1), data(WEB, 1, 1, "x"))) {
      bench.receives(strange).givesNothing().tells(Effect.Warned.class);
    }
    bench.receives(data(SSH, 1, 1, "x")).gives(new Effect.WriteLocal(ANN, Messages.bytes("x")));
  }

  @Test
  void aMessageWithoutAConnectionIdMeansTheFirst() {
    Bench bench = Bench.source(SSH).greeted(SSH).accepts(ANN, SSH).accepts(BOB, SSH);
    bench.receives(data(SSH, 1, 0, "x")).gives(new Effect.WriteLocal(ANN, Messages.bytes("x")));
    bench.on(new Event.LocalDelivered(ANN, 1));
    bench.receives(connectionReset(SSH, 1, 0)).gives(new Effect.FinishLocal(ANN));
  }
}
