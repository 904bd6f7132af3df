package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.streamStart;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.LocalProxyException.Retry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody wants a new session now: because the network changed, or to see whether it helps. */
class ReconnectOnRequestTest {

  private static final LocalId ANN = new LocalId(1);
  private static final Event WANTED = new Event.ReconnectRequested();
  private static final Effect CLOSE = new Effect.CloseSession(1000, "");
  private static final Effect NOW =
      new Effect.Reconnect("asked to reconnect", Duration.ZERO, Duration.ZERO);

  @Test
  void aSessionThatIsUpIsClosedInOrderAndOpenedAgainAtOnce() {
    Bench bench = Bench.source(SSH).greeted(SSH).on(WANTED);
    bench.gives(CLOSE, new Effect.PauseListeners(), NOW);
    bench.greeted(SSH).gives(new Effect.ResumeListeners());
    bench.accepts(ANN, SSH).sends(streamStart(SSH, 1, 1));
  }

  @Test
  void itsConnectionsEndWithIt() {
    Bench bench = Bench.source(SSH).greeted(SSH).accepts(ANN, SSH).on(WANTED);
    assertEquals(new Effect.FinishLocal(ANN), bench.the(Effect.FinishLocal.class));
    bench.on(new Event.LocalEnded(ANN)).gives(new Effect.CloseLocal(ANN));
    bench.greeted(SSH).accepts(new LocalId(2), SSH).sends(streamStart(SSH, 2, 1));
  }

  @Test
  void aSessionThatWasNotGreetedYetIsReplacedToo() {
    Bench bench = Bench.source(SSH).on(new Event.ConnectDue());
    bench.on(new Event.SessionUp(Bench.SUBPROTOCOL_3)).on(WANTED).gives(CLOSE, NOW);
    bench.on(new Event.ConnectDue()).gives(new Effect.Connect());
  }

  @Test
  void anAttemptUnderWayIsGivenUpForANewOne() {
    Bench bench = Bench.source(SSH).on(new Event.ConnectDue()).on(WANTED);
    bench.gives(new Effect.AbandonSession("asked to reconnect"), NOW);
    bench.on(new Event.ConnectDue()).gives(new Effect.Connect());
  }

  @Test
  void aDelayIsCutShort() {
    Bench bench = Bench.source(SSH).on(new Event.ConnectDue());
    bench.on(new Event.ConnectFailed(End.status(503, Retry.WITH_BACKOFF, false)));
    bench.on(WANTED).gives(NOW);
    bench.on(new Event.ConnectDue()).gives(new Effect.Connect());
  }

  @Test
  void itIsNoFailure() {
    TunnelSettings once = TunnelSettings.DEFAULTS.change().connectRetries(0).build();
    Bench bench = new Bench(Bench.source(Dialect.V3, SSH), once);
    for (int i = 0; i < 10; i++) {
      bench.greeted(SSH).on(WANTED);
      assertEquals(List.of(), bench.all(Effect.End.class));
    }
  }

  @Test
  void whileItEndsItEnds() {
    Bench bench = Bench.source(SSH).greeted(SSH).accepts(ANN, SSH);
    bench.on(new Event.StopRequested()).on(WANTED).givesNothing();
  }

  @Test
  void theOnlyConnectionThereCanBeIsNotSacrificed() {
    Bench bench = Bench.stdio(SSH).greeted(SSH).accepts(ANN, SSH).on(WANTED).givesNothing();
    bench.tells(Effect.Warned.class);
  }
}
