package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.bulk;
import static io.iottunnel.domain.tunnel.Messages.bytes;
import static io.iottunnel.domain.tunnel.Messages.connectionReset;
import static io.iottunnel.domain.tunnel.Messages.data;
import static io.iottunnel.domain.tunnel.Messages.serviceIds;
import static io.iottunnel.domain.tunnel.Messages.streamStart;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Mode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The process is stopped for a while, by a signal or a debugger, or starved of its processor: what
 * others did meanwhile is read before anybody is judged by the clock.
 */
class SuspensionTest {

  private static final LocalId FIRST = new LocalId(1);
  private static final Event TICK = new Event.Tick();
  private static final Duration LONG = Duration.ofSeconds(90);

  private static Bench busyDestination(TunnelSettings settings) {
    Bench bench = new Bench(Bench.spec(Mode.DESTINATION, Dialect.V3, SSH), settings).greeted(SSH);
    return bench.receives(streamStart(SSH, 1, 1)).on(new Event.LocalConnected(FIRST));
  }

  @Test
  void theServiceIsAskedOnceMoreBeforeItIsHeldForDead() {
    Bench bench = Bench.source(SSH).greeted(SSH).passesMillis(20_000);
    bench.on(new Event.PongReceived(1)).sleeps(LONG).on(TICK).givesNothing();
    bench.passesMillis(20_000).gives(new Effect.SendPing(2));
    bench.on(new Event.PongReceived(2)).passesMillis(59_999);
    assertEquals(List.of(), bench.all(Effect.AbandonSession.class));
  }

  @Test
  void aServiceThatWentAwayMeanwhileIsFoundDeadAfterTheUsualTime() {
    Bench bench = Bench.source(SSH).greeted(SSH).passesMillis(20_000);
    bench.on(new Event.PongReceived(1)).sleeps(LONG).on(TICK).passesMillis(59_999);
    assertEquals(List.of(), bench.all(Effect.AbandonSession.class));
    bench.passesMillis(1).the(Effect.AbandonSession.class);
  }

  @Test
  void servicesThatWereToldMeanwhileAreHeard() {
    Bench bench = Bench.source(SSH).on(new Event.ConnectDue());
    bench.on(new Event.SessionUp(Bench.SUBPROTOCOL_3)).sleeps(LONG);
    bench.on(TICK).givesNothing();
    bench.receives(serviceIds(SSH)).tells(Effect.Mapped.class);
  }

  @Test
  void anAnswerThatCameMeanwhileReachesAClientThatHasFinishedSending() {
    Bench bench = Bench.source(SSH).greeted(SSH).accepts(FIRST, SSH).ends(FIRST);
    bench.passesMillis(299).sleeps(LONG).on(TICK).sends();
    bench.receives(data(SSH, 1, 1, "answer")).gives(new Effect.WriteLocal(FIRST, bytes("answer")));
  }

  @Test
  void lastBytesHaveTheTimeThatTheyHad() {
    Bench bench = busyDestination(TunnelSettings.DEFAULTS).receives(data(SSH, 1, 1, "last"));
    bench.receives(connectionReset(SSH, 1, 1)).passesMillis(10_000).sleeps(LONG);
    bench.on(TICK);
    assertEquals(List.of(), bench.all(Effect.AbortLocal.class));
    bench.on(new Event.LocalDelivered(FIRST, 4)).gives(new Effect.FinishLocal(FIRST));
  }

  @Test
  void anApplicationThatWasNotWrittenToIsNotStalled() {
    TunnelSettings small = TunnelSettings.DEFAULTS.change().writeBuffer(10).build();
    Bench bench = busyDestination(small).receives(new Message.Data(SSH, 1, 1, bulk(11)));
    bench.passesMillis(1_000).sleeps(LONG).on(TICK);
    assertEquals(List.of(), bench.all(Effect.AbortLocal.class));
    bench.passesMillis(60_000);
    assertEquals(List.of(new Effect.AbortLocal(FIRST)), bench.all(Effect.AbortLocal.class));
  }

  @Test
  void whateverComesFirstAfterwardsShowsThatWeSlept() {
    Bench bench = Bench.source(SSH).greeted(SSH).accepts(FIRST, SSH).ends(FIRST);
    bench.sleeps(LONG).on(new Event.SessionAlive()).on(TICK).givesNothing();
    bench.passesMillis(300).sends(connectionReset(SSH, 1, 1));
  }

  @Test
  void aDeadlineThatIsKeptALittleLateIsKept() {
    Bench bench = Bench.source(SSH).greeted(SSH).passesMillis(20_000);
    bench.on(new Event.PongReceived(1));
    for (int period = 1; period <= 2; period++) {
      bench.sleeps(Duration.ofMillis(20_500)).on(TICK);
      assertEquals(List.of(), bench.all(Effect.AbandonSession.class));
    }
    bench.sleeps(Duration.ofMillis(24_900)).on(TICK).the(Effect.AbandonSession.class);
  }
}
