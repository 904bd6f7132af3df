package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.NONE;
import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.WEB;
import static io.iottunnel.domain.tunnel.Messages.connectionStart;
import static io.iottunnel.domain.tunnel.Messages.serviceIds;
import static io.iottunnel.domain.tunnel.Messages.streamReset;
import static io.iottunnel.domain.tunnel.Messages.streamStart;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.RetriesUsedUpException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows a session, or an attempt at one, that failed. */
class ReconnectingTest {

  private static final LocalId ANN = new LocalId(1);

  private static Bench source(TunnelSettings settings) {
    return new Bench(Bench.source(Dialect.V3, SSH), settings);
  }

  private static TunnelSettings retries(int count) {
    return TunnelSettings.DEFAULTS.change().connectRetries(count).build();
  }

  private static LocalProxyException failure(Retry retry) {
    return End.status(503, retry, false);
  }

  private static Bench fails(Bench bench, Retry retry) {
    return bench.on(new Event.ConnectDue()).on(new Event.ConnectFailed(failure(retry)));
  }

  @Test
  void theDelayIsARandomPartOfABoundThatDoubles() {
    Bench bench = Bench.source(SSH);
    List<Long> bounds = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      fails(bench, Retry.WITH_BACKOFF);
      assertEquals(Duration.ZERO, bench.the(Effect.Reconnect.class).atLeast());
      bounds.add(bench.the(Effect.Reconnect.class).jitter().toMillis());
    }
    assertEquals(
        List.of(2_500L, 5_000L, 10_000L, 20_000L, 40_000L, 80_000L, 120_000L, 120_000L, 120_000L),
        bounds);
  }

  @Test
  void theBoundStaysBoundedHoweverOftenItFails() {
    Bench bench = Bench.source(SSH);
    for (int i = 0; i < 1_000; i++) {
      fails(bench, Retry.WITH_BACKOFF);
    }
    assertEquals(Duration.ofMinutes(2), bench.the(Effect.Reconnect.class).jitter());
  }

  @Test
  void aSessionThatDiesYoungCountsAsAFailure() {
    Bench bench = Bench.source(SSH);
    for (long bound = 2_500; bound <= 10_000; bound *= 2) {
      bench.greeted(SSH).passesMillis(59_999).on(new Event.SessionBroken("gone"));
      assertEquals(bound, bench.the(Effect.Reconnect.class).jitter().toMillis());
    }
  }

  @Test
  void aServiceThatDropsEverySessionAtOnceIsTriedAFewTimesAMinuteAtMost() {
    Bench bench = Bench.source(SSH);
    List<Long> attempts = new ArrayList<>();
    long start = bench.now();
    while (bench.now() - start < Duration.ofHours(1).toMillis()) {
      attempts.add((bench.now() - start) / 60_000);
      bench.greeted(SSH).on(new Event.SessionBroken("gone"));
      bench.passesMillis(bench.the(Effect.Reconnect.class).jitter().toMillis() / 2);
    }
    assertEquals(6, attempts.stream().filter(minute -> minute == 0).count(), "the first minute");
    assertTrue(attempts.size() <= 6 + 59, attempts.size() + " attempts in an hour");
  }

  @Test
  void aSessionThatHasLastedBeginsTheCountAfresh() {
    Bench bench = Bench.source(SSH);
    fails(bench, Retry.WITH_BACKOFF);
    fails(bench, Retry.WITH_BACKOFF);
    bench.greeted(SSH).passesMillis(60_000).on(new Event.SessionBroken("gone"));
    assertEquals(2_500, bench.the(Effect.Reconnect.class).jitter().toMillis());
    fails(bench, Retry.WITH_BACKOFF);
    assertEquals(2_500, bench.the(Effect.Reconnect.class).jitter().toMillis());
    fails(bench, Retry.WITH_BACKOFF);
    assertEquals(5_000, bench.the(Effect.Reconnect.class).jitter().toMillis());
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "600, 600", "601, 600", "999999999, 600"})
  void retryAfterIsTheLeastDelayUpToTenMinutes(long asked, long least) {
    Bench bench = Bench.source(SSH).on(new Event.ConnectDue());
    Optional<Duration> wait = Optional.of(Duration.ofSeconds(asked));
    bench.on(
        new Event.ConnectFailed(
            new HandshakeRejectedException(
                "429", Retry.WITH_BACKOFF, 429, Optional.empty(), false, wait)));
    assertEquals(
        new Effect.Reconnect("429", Duration.ofSeconds(least), Duration.ofMillis(2_500)),
        bench.the(Effect.Reconnect.class));
  }

  @Test
  void withoutALimitItIsTriedForEver() {
    Bench bench = source(retries(-1));
    for (int i = 0; i < 10_000; i++) {
      fails(bench, Retry.WITH_BACKOFF);
    }
    bench.the(Effect.Reconnect.class);
  }

  @Test
  void retriesThatAreUsedUpEndItWithTheLastReason() {
    Bench bench = source(retries(2));
    fails(bench, Retry.WITH_BACKOFF).the(Effect.Reconnect.class);
    fails(bench, Retry.WITH_BACKOFF).the(Effect.Reconnect.class);
    Outcome outcome = fails(bench, Retry.WITH_BACKOFF).the(Effect.End.class).outcome();
    LocalProxyException reason = ((Outcome.Failed) outcome).reason();
    assertInstanceOf(RetriesUsedUpException.class, reason);
    assertTrue(reason.getMessage().endsWith("the service answered 503"), reason.getMessage());
  }

  @Test
  void withoutReconnectingALostSessionIsTheEndWithItsReason() {
    Bench bench = source(TunnelSettings.DEFAULTS.change().reconnectOnDataError(false).build());
    fails(bench, Retry.WITH_BACKOFF).the(Effect.Reconnect.class);
    bench.greeted(SSH).on(new Event.NonsenseReceived("no message"));
    assertEquals(1002, bench.the(Effect.CloseSession.class).code());
    Outcome outcome = bench.the(Effect.End.class).outcome();
    LocalProxyException reason = ((Outcome.Failed) outcome).reason();
    assertInstanceOf(RetriesUsedUpException.class, reason);
    assertTrue(reason.getMessage().contains("no message"), reason.getMessage());
  }

  @Test
  void sessionsThatDieYoungUseRetriesUp() {
    Bench bench = source(retries(1));
    bench.greeted(SSH).on(new Event.SessionBroken("gone")).the(Effect.Reconnect.class);
    bench.greeted(SSH).on(new Event.SessionBroken("gone again"));
    assertInstanceOf(Outcome.Failed.class, bench.the(Effect.End.class).outcome());
  }

  @Test
  void aSessionThatHasLastedUsesNoRetryUp() {
    Bench bench = source(retries(0)).greeted(SSH).passesMillis(60_000);
    bench.on(new Event.SessionBroken("gone")).the(Effect.Reconnect.class);
    fails(bench, Retry.WITH_BACKOFF).the(Effect.End.class);
  }

  @Test
  void whatNeverHelpsIsNotRetried() {
    LocalProxyException never = failure(Retry.NEVER);
    Bench first = Bench.source(SSH).on(new Event.ConnectDue());
    first.on(new Event.ConnectFailed(never)).gives(new Effect.End(new Outcome.Failed(never)));
    Bench later = Bench.source(SSH).greeted(SSH).on(new Event.SessionBroken("gone"));
    later.on(new Event.ConnectDue()).on(new Event.ConnectFailed(never));
    later.gives(new Effect.End(new Outcome.Failed(never)));
  }

  @Test
  void whatWorkedOnceIsRetried() {
    Bench bench = Bench.source(SSH);
    assertInstanceOf(
        Outcome.Failed.class, fails(bench, Retry.AFTER_A_SESSION).the(Effect.End.class).outcome());
    Bench later = Bench.source(SSH).greeted(SSH).on(new Event.SessionBroken("gone"));
    fails(later, Retry.AFTER_A_SESSION).the(Effect.Reconnect.class);
  }

  @Test
  void whatASessionSaysLateChangesNothing() {
    Bench bench = Bench.source(SSH).greeted(SSH).on(new Event.SessionBroken("gone"));
    bench.on(new Event.SessionBroken("gone twice")).givesNothing();
    bench.on(new Event.SessionClosed(1000, "late")).givesNothing();
    bench.on(new Event.NonsenseReceived("late")).givesNothing();
    bench.receives(serviceIds(WEB)).givesNothing();
    bench.on(new Event.FrameRead()).givesNothing();
    bench.on(new Event.ConnectFailed(failure(Retry.NEVER))).givesNothing();
    bench.on(new Event.SessionUp(Bench.SUBPROTOCOL_3)).givesNothing();
  }

  // Peers that are out of their mind.

  @Test
  void aSourceThatIsSentAStartResetsThatStreamAndReconnects() {
    Bench bench = Bench.source(SSH).greeted(SSH).accepts(ANN, SSH);
    bench.receives(streamStart(SSH, 8, 1)).sends(streamReset(SSH, 8));
    assertEquals(1002, bench.the(Effect.CloseSession.class).code());
    assertTrue(bench.the(Effect.Reconnect.class).reason().contains("STREAM_START"));
    bench.greeted(SSH).receives(connectionStart(SSH, 8, 2)).sends(streamReset(SSH, 8));
    assertTrue(bench.the(Effect.Reconnect.class).reason().contains("CONNECTION_START"));
  }

  @Test
  void theResetOfAStartBearsANameIfTheStartDid() {
    Bench v1 = new Bench(Bench.source(Dialect.V1, SSH), TunnelSettings.DEFAULTS).greeted(SSH);
    v1.receives(streamStart(SSH, 8, 1)).sends(streamReset(SSH, 8));
    v1.greeted(SSH).receives(streamStart(NONE, 8, 0)).sends(streamReset(NONE, 8));
    Bench.source(SSH).greeted(SSH).receives(streamStart(NONE, 8, 0)).sends(streamReset(NONE, 8));
  }

  @Test
  void aSourceThatIsSentAStartOfNothingItCanResetReconnectsToo() {
    for (Message start :
        List.of(
            streamStart(SSH, 0, 1),
            streamStart(SSH, -1, 1),
            streamStart(WEB, 1, 1),
            connectionStart(WEB, 1, 1))) {
      Bench bench = Bench.source(SSH).greeted(SSH).receives(start).sends();
      assertEquals(1002, bench.the(Effect.CloseSession.class).code());
      bench.the(Effect.Reconnect.class);
    }
  }

  @Test
  void anUnknownTypeIsSkippedWhereItMayBe() {
    Bench bench = Bench.source(SSH).greeted(SSH).accepts(ANN, SSH);
    bench.receives(new Message.Unknown(99, true)).givesNothing().tells(Effect.Ignored.class);
    bench.reads(ANN, "x");
    assertEquals(1, bench.sent().size());
  }

  @Test
  void anUnknownTypeThatMayNotBeSkippedEndsTheSession() {
    Bench bench = Bench.source(SSH).greeted(SSH).receives(new Message.Unknown(99, false));
    assertEquals(1002, bench.the(Effect.CloseSession.class).code());
    bench.the(Effect.Reconnect.class);
  }

  @Test
  void nonsenseEndsTheSessionAndNotTheProcess() {
    Bench bench = Bench.source(SSH).greeted(SSH).on(new Event.NonsenseReceived("a length of 1"));
    assertEquals(1002, bench.the(Effect.CloseSession.class).code());
    assertTrue(bench.the(Effect.Reconnect.class).reason().contains("a length of 1"));
    bench.greeted(SSH).gives(new Effect.ResumeListeners());
  }

  @Test
  void nonsenseBeforeTheServicesAreKnownEndsTheSessionToo() {
    Bench bench = Bench.source(SSH).on(new Event.ConnectDue());
    bench.on(new Event.SessionUp(Bench.SUBPROTOCOL_3)).on(new Event.NonsenseReceived("?"));
    assertEquals(1002, bench.the(Effect.CloseSession.class).code());
    bench.the(Effect.Reconnect.class);
  }
}
