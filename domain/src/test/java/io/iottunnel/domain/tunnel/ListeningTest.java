package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.WEB;
import static io.iottunnel.domain.tunnel.Messages.serviceIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.domain.ServiceId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Listeners that cannot be opened, at once or at all. */
class ListeningTest {

  private static final TunnelSettings TWICE =
      TunnelSettings.DEFAULTS.change().localRetries(2).build();

  private final ListenFailedException inUse =
      new ListenFailedException("cannot listen on localhost:5003: in use");

  private static Bench source(ServiceId... services) {
    return new Bench(Bench.source(Dialect.V3, services), TWICE).greeted(services);
  }

  private Event failed(ServiceId service) {
    return new Event.ListenFailed(service, inUse);
  }

  private static Effect listening(ServiceId service) {
    return new Effect.Listen(service, Bench.endpoint(service));
  }

  @Test
  void aPortThatIsTakenIsTriedAgainAfterADelay() {
    Bench bench = source(SSH).on(failed(SSH)).givesNothing();
    assertTrue(bench.the(Effect.Warned.class).what().contains("in use; next try in 2500 ms"));
    bench.passesMillis(2_499).givesNothing();
    bench.passesMillis(1).gives(listening(SSH));
    bench.passesMillis(60_000);
    assertEquals(List.of(), bench.all(Effect.Listen.class), "it is open");
  }

  @Test
  void aPortThatStaysTakenEndsIt() {
    Bench bench = source(SSH).on(failed(SSH)).passesMillis(2_500).on(failed(SSH));
    bench.passesMillis(2_500).gives(listening(SSH)).on(failed(SSH));
    assertEquals(new Outcome.Failed(inUse), bench.the(Effect.End.class).outcome());
    bench.the(Effect.CloseSession.class);
  }

  @Test
  void withoutRetriesTheFirstFailureIsTheLast() {
    TunnelSettings never = TunnelSettings.DEFAULTS.change().localRetries(0).build();
    Bench bench = new Bench(Bench.source(Dialect.V3, SSH), never).greeted(SSH).on(failed(SSH));
    assertEquals(new Outcome.Failed(inUse), bench.the(Effect.End.class).outcome());
  }

  @Test
  void eachServiceHasItsOwnAttempts() {
    Bench bench = source(SSH, WEB).on(failed(SSH)).on(failed(WEB)).passesMillis(2_500);
    assertEquals(2, bench.all(Effect.Listen.class).size());
    bench.on(failed(SSH)).passesMillis(2_500).gives(listening(SSH));
    bench.on(failed(WEB)).passesMillis(2_500).gives(listening(WEB));
    assertEquals(List.of(), bench.on(failed(WEB)).all(Effect.Listen.class));
    assertEquals(new Outcome.Failed(inUse), bench.the(Effect.End.class).outcome());
  }

  @Test
  void withoutASessionTheNextTryWaitsForIt() {
    Bench bench = source(SSH).on(failed(SSH)).on(new Event.SessionBroken("gone"));
    bench.passesMillis(10_000).givesNothing();
    bench.greeted(SSH).gives(listening(SSH));
    bench.passesMillis(10_000);
    assertEquals(List.of(), bench.all(Effect.Listen.class));
  }

  @Test
  void theFailureOfAServiceThatIsGoneConcernsNobody() {
    Bench bench = new Bench(Bench.source(Dialect.V3), TWICE).greeted(SSH, WEB);
    bench.receives(serviceIds(SSH)).greeted(SSH);
    bench.on(failed(WEB)).givesNothing().passesMillis(10_000);
    assertEquals(List.of(), bench.all(Effect.Listen.class));
  }

  @Test
  void itIsNotTriedAgainWhileItEnds() {
    Bench bench = source(SSH, WEB).accepts(new LocalId(1), WEB).on(failed(SSH));
    bench.on(new Event.StopRequested()).passesMillis(10_000);
    assertEquals(List.of(), bench.all(Effect.Listen.class));
    assertEquals(new Outcome.Stopped(), bench.the(Effect.End.class).outcome());
  }
}
