package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.NONE;
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
import io.iottunnel.domain.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What belongs to no stream, connection or service, and data that nobody waits for. */
class StrayMessagesTest {

  private static final LocalId FIRST = new LocalId(1);

  @Test
  void whatIsOfAnotherStreamThanTheActiveOneIsStale() {
    Bench bench = Bench.started(FIRST, streamStart(SSH, 2, 1));
    for (Message stale :
        List.of(data(SSH, 1, 1, "x"), connectionReset(SSH, 1, 1), streamReset(SSH, 1))) {
      bench.receives(stale).givesNothing().tells(Effect.Ignored.class);
    }
    bench.receives(data(SSH, 2, 1, "x")).gives(new Effect.WriteLocal(FIRST, bytes("x")));
  }

  @Test
  void resetsOfNothingAreStale() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(connectionReset(SSH, 1, 1)).givesNothing().tells(Effect.Ignored.class);
    bench.receives(streamReset(SSH, 1)).givesNothing().tells(Effect.Ignored.class);
  }

  @Test
  void anUnknownServiceIsWarnedOfAndNotAnswered() {
    Bench bench = Bench.started(FIRST, streamStart(SSH, 1, 1));
    for (Message strange :
        List.of(
            streamStart(WEB, 1, 1),
            connectionStart(WEB, 1, 1),
            data(WEB, 1, 1, "x"),
            connectionReset(WEB, 1, 1),
            streamReset(WEB, 1))) {
      bench.receives(strange).givesNothing().tells(Effect.Warned.class);
    }
    bench.receives(data(SSH, 1, 1, "x")).gives(new Effect.WriteLocal(FIRST, bytes("x")));
  }

  @Test
  void aMessageWithoutAServiceIsWarnedOfWhereTheTunnelHasSeveral() {
    TunnelSpec spec = Bench.spec(Mode.DESTINATION, Dialect.V3, SSH, WEB);
    Bench bench = new Bench(spec, TunnelSettings.DEFAULTS).greeted(SSH, WEB);
    bench.receives(streamStart(NONE, 1, 0)).givesNothing().tells(Effect.Warned.class);
  }

  @Test
  void aNamedMessageIsWarnedOfWhereTheTunnelHasNoNames() {
    Bench bench = Bench.destination(NONE).greeted();
    bench.receives(streamStart(SSH, 1, 1)).givesNothing().tells(Effect.Warned.class);
  }

  // Data that nobody waits for.

  @Test
  void dataWithoutAStreamIsAnsweredOncePerConnection() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(data(SSH, 5, 1, "x")).gives(Bench.sending(connectionReset(SSH, 5, 1)));
    bench.receives(data(SSH, 5, 1, "y")).givesNothing().tells(Effect.Ignored.class);
    bench.receives(data(SSH, 5, 2, "z")).gives(Bench.sending(connectionReset(SSH, 5, 2)));
  }

  @Test
  void dataWithoutAStreamIsAnsweredInItsDialect() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(data(SSH, 5, 0, "x")).gives(Bench.sending(streamReset(SSH, 5)));
    bench.receives(data(NONE, 6, 0, "x")).gives(Bench.sending(streamReset(NONE, 6)));
    Bench unnamed = Bench.destination(NONE).greeted();
    unnamed.receives(data(NONE, 5, 3, "x")).gives(Bench.sending(connectionReset(NONE, 5, 3)));
  }

  @Test
  void dataWithoutAStreamIdIsNeverAnswered() {
    Bench bench = Bench.destination(SSH).greeted(SSH);
    bench.receives(data(SSH, 0, 1, "x")).givesNothing().tells(Effect.Ignored.class);
    bench.receives(data(SSH, -1, 1, "x")).givesNothing().tells(Effect.Ignored.class);
  }

  @Test
  void dataOfAStreamThatOutlivedOurReconnectIsAnsweredInTheNewSession() {
    World world = World.of(Dialect.V3, SSH);
    FakeSocket client = world.client(SSH).says("before");
    world.run();
    world.destination.link.breaks();
    world.passesMillis(2_500);
    client.says("after");
    world.run();
    assertEquals(FakeSocket.Fate.CLOSED, client.fate, "the client must not hang");
  }

  @Test
  void soItIsWhereTheApplicationWasStillTakingItsLastBytes() {
    World world = World.of(Dialect.V3, SSH);
    FakeSocket client = world.client(SSH).says("before");
    world.run();
    FakeSocket application = world.applicationOf(client).takes(0);
    client.says("not taken yet");
    world.run();
    world.destination.link.breaks();
    world.passesMillis(2_500);
    application.takesEverything();
    world.run();
    assertEquals("beforenot taken yet", application.heard());
    assertEquals(FakeSocket.Fate.CLOSED, application.fate);
    client.says("after");
    world.run();
    assertEquals(FakeSocket.Fate.CLOSED, client.fate, "the client must not hang");
  }

  @Test
  void anAdoptedStreamDoesNotLetTheOldConnectionsOfTheSourceHang() {
    World world = World.of(Dialect.V3, SSH);
    FakeSocket old = world.client(SSH);
    world.destination.link.breaks();
    world.passesMillis(2_500);
    FakeSocket young = world.client(SSH).says("hello");
    assertEquals("hello", world.applicationOf(young).heard());
    old.says("are you there");
    world.run();
    assertEquals(FakeSocket.Fate.CLOSED, old.fate, "the client must not hang");
    assertEquals(FakeSocket.Fate.IN_USE, young.fate);
  }

  @Test
  void dataThatCrossesOurResetIsNotAnsweredAgainBehindASessionReset() {
    for (Message.StreamStart start :
        List.of(new Message.StreamStart(SSH, 1, 1), new Message.StreamStart(SSH, 1, 0))) {
      Bench bench = Bench.started(FIRST, start).ends(FIRST).receives(sessionReset());
      bench.receives(data(SSH, 1, start.connection(), "crossed"));
      bench.givesNothing().tells(Effect.Ignored.class);
    }
  }

  @Test
  void dataOfAConnectionThatASessionResetEndedIsAnsweredOnce() {
    Bench bench = Bench.started(FIRST, streamStart(SSH, 1, 1)).receives(sessionReset());
    bench.receives(data(SSH, 1, 1, "x")).gives(Bench.sending(connectionReset(SSH, 1, 1)));
    bench.receives(data(SSH, 1, 1, "y")).givesNothing();
  }

  @Test
  void dataThatCrossesOurResetIsNotAnsweredAgain() {
    Bench v2 = Bench.started(FIRST, streamStart(SSH, 1, 0)).ends(FIRST).sends(streamReset(SSH, 1));
    v2.receives(data(SSH, 1, 0, "crossed")).givesNothing().tells(Effect.Ignored.class);
    Bench v1 =
        Bench.started(FIRST, streamStart(NONE, 1, 0)).ends(FIRST).sends(streamReset(NONE, 1));
    v1.receives(data(NONE, 1, 0, "crossed")).givesNothing().tells(Effect.Ignored.class);
    Bench v3 =
        Bench.started(FIRST, streamStart(SSH, 1, 1)).ends(FIRST).sends(connectionReset(SSH, 1, 1));
    v3.receives(data(SSH, 1, 1, "crossed")).givesNothing().tells(Effect.Ignored.class);
  }
}
