package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.NONE;
import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.WEB;
import static io.iottunnel.domain.tunnel.Messages.connectionReset;
import static io.iottunnel.domain.tunnel.Messages.data;
import static io.iottunnel.domain.tunnel.Messages.serviceIds;
import static io.iottunnel.domain.tunnel.Messages.streamReset;
import static io.iottunnel.domain.tunnel.Messages.streamStart;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the WebSocket that is up to the services that are known. */
class GreetingTest {

  private static final Effect RECEIVE = new Effect.ReceiveFrame();

  private static Bench up(Bench bench) {
    bench.on(new Event.ConnectDue()).gives(new Effect.Connect());
    return bench.on(new Event.SessionUp(Bench.SUBPROTOCOL_3)).gives(RECEIVE);
  }

  @Test
  void aSourceListensOnceTheServicesAreKnown() {
    Bench bench = up(Bench.source(SSH, WEB)).receives(serviceIds(SSH, WEB));
    bench.gives(
        new Effect.Listen(SSH, Bench.endpoint(SSH)), new Effect.Listen(WEB, Bench.endpoint(WEB)));
    assertEquals(
        Map.of(SSH, Bench.endpoint(SSH), WEB, Bench.endpoint(WEB)),
        bench.the(Effect.Mapped.class).mapping());
    bench.on(new Event.FrameRead()).gives(RECEIVE);
  }

  @Test
  void aDestinationListensNowhere() {
    Bench bench = up(Bench.destination(SSH)).receives(serviceIds(SSH)).givesNothing();
    assertEquals(Map.of(SSH, Bench.endpoint(SSH)), bench.the(Effect.Mapped.class).mapping());
  }

  @Test
  void theOrderOfTheServicesDoesNotMatter() {
    up(Bench.source(SSH, WEB)).receives(serviceIds(WEB, SSH)).tells(Effect.Mapped.class);
  }

  @Test
  void whatComesBeforeTheServicesGoesNowhere() {
    Bench bench = up(Bench.destination(SSH));
    for (Message early :
        List.of(
            streamStart(SSH, 1, 1),
            Messages.connectionStart(SSH, 1, 2),
            data(SSH, 1, 1, "early"),
            connectionReset(SSH, 1, 1),
            streamReset(SSH, 1))) {
      bench.receives(early).givesNothing().tells(Effect.Ignored.class);
    }
    bench.receives(serviceIds(SSH)).receives(data(SSH, 1, 1, "late"));
    bench.sends(connectionReset(SSH, 1, 1));
  }

  @Test
  void aClientThatComesBeforeTheServicesIsRefused() {
    LocalId client = new LocalId(1);
    up(Bench.source(SSH))
        .accepts(client, SSH)
        .gives(new Effect.AbortLocal(client))
        .tells(Effect.Refused.class);
  }

  @Test
  void aBareEndpointIsForTheOnlyService() {
    assertEquals(Map.of(SSH, Bench.endpoint(NONE)), mapped(Bench.source(NONE), SSH));
    assertEquals(Map.of(SSH, Bench.endpoint(NONE)), mapped(Bench.destination(NONE), SSH));
  }

  @Test
  void aBareEndpointIsForTheUnnamedServiceOfATunnelWithoutServices() {
    assertEquals(Map.of(NONE, Bench.endpoint(NONE)), mapped(Bench.source(NONE)));
    assertEquals(Map.of(NONE, Bench.endpoint(NONE)), mapped(Bench.destination(NONE)));
  }

  @Test
  void aSourceWithoutAMappingListensAtAnyPortForEachService() {
    assertEquals(
        Map.of(SSH, Bench.ANY_PORT, WEB, Bench.ANY_PORT), mapped(Bench.source(), SSH, WEB));
    assertEquals(Map.of(NONE, Bench.ANY_PORT), mapped(Bench.source()));
  }

  private static Map<ServiceId, Endpoint> mapped(Bench bench, ServiceId... services) {
    return up(bench).receives(serviceIds(services)).the(Effect.Mapped.class).mapping();
  }

  @Test
  void aServiceToldTwiceIsOneService() {
    assertEquals(Map.of(SSH, Bench.endpoint(NONE)), mapped(Bench.source(NONE), SSH, SSH));
  }

  @Test
  void aBareEndpointDoesNotFitSeveralServices() {
    assertMismatch(Bench.source(NONE), List.of("(unnamed)"), SSH, WEB);
    assertMismatch(Bench.destination(NONE), List.of("(unnamed)"), SSH, WEB);
  }

  @Test
  void aServiceThatTheTunnelLacksIsAMismatch() {
    assertMismatch(Bench.source(SSH, WEB), List.of("SSH1", "WEB"), SSH);
    assertMismatch(Bench.destination(SSH, WEB), List.of("SSH1", "WEB"), SSH);
  }

  @Test
  void aServiceWithoutAMappingIsAMismatchOnceAnyIsMapped() {
    assertMismatch(Bench.source(SSH), List.of("SSH1"), SSH, WEB);
    assertMismatch(Bench.destination(SSH), List.of("SSH1"), SSH, WEB);
  }

  @Test
  void aNamedMappingDoesNotFitATunnelWithoutServices() {
    assertMismatch(Bench.source(SSH), List.of("SSH1", "The tunnel has: none"));
    assertMismatch(Bench.destination(SSH), List.of("SSH1", "The tunnel has: none"));
  }

  @Test
  void aMappingOfManyTunnelsMayNameOtherServicesToo() {
    Map<ServiceId, Endpoint> expected = Map.of(SSH, Bench.endpoint(SSH));
    assertEquals(expected, mapped(Bench.ofManyTunnels(Mode.SOURCE, SSH, WEB), SSH));
    assertEquals(expected, mapped(Bench.ofManyTunnels(Mode.DESTINATION, SSH, WEB), SSH));
  }

  @Test
  void whatAMappingOfManyTunnelsLeavesOutIsAtAnyPortOrAMismatch() {
    assertEquals(
        Map.of(SSH, Bench.endpoint(SSH), WEB, Bench.ANY_PORT),
        mapped(Bench.ofManyTunnels(Mode.SOURCE, SSH), SSH, WEB));
    assertEquals(Map.of(NONE, Bench.ANY_PORT), mapped(Bench.ofManyTunnels(Mode.SOURCE, SSH)));
    assertMismatch(Bench.ofManyTunnels(Mode.DESTINATION, SSH), List.of("SSH1"), SSH, WEB);
    assertMismatch(Bench.ofManyTunnels(Mode.DESTINATION, SSH), List.of("SSH1", "has: none"));
  }

  @Test
  void aDestinationWithoutAMappingIsAMismatch() {
    assertMismatch(Bench.destination(), List.of("Given: none"), SSH);
  }

  @Test
  void aSourceThatSendsNoNamesDoesNotFitSeveralServices() {
    TunnelSpec v1 = Bench.source(Dialect.V1, SSH, WEB);
    assertMismatch(new Bench(v1, TunnelSettings.DEFAULTS), List.of("V1"), SSH, WEB);
  }

  private static void assertMismatch(Bench bench, List<String> saying, ServiceId... services) {
    up(bench).receives(serviceIds(services));
    assertEquals(new Effect.CloseSession(1000, ""), bench.the(Effect.CloseSession.class));
    Outcome.Failed failed = (Outcome.Failed) bench.the(Effect.End.class).outcome();
    String message = failed.reason().getMessage();
    assertEquals("ServicesMismatchException", failed.reason().getClass().getSimpleName());
    saying.forEach(words -> assertTrue(message.contains(words), message));
    for (ServiceId service : services) {
      assertTrue(message.contains(service.name()), message);
    }
    assertEquals(List.of(), bench.all(Effect.Listen.class));
  }

  @Test
  void aRepeatThatChangesNothingChangesNothing() {
    Bench bench = Bench.source(SSH, WEB).greeted(SSH, WEB);
    bench.accepts(new LocalId(1), SSH);
    bench.receives(serviceIds(WEB, SSH)).givesNothing();
    assertEquals(List.of(), bench.answer());
    bench.reads(new LocalId(1), "x").sends(data(SSH, 1, 1, "x"));
  }

  @Test
  void aRepeatWithOtherServicesReconnects() {
    Bench bench = Bench.source().greeted(SSH).receives(serviceIds(SSH, WEB));
    assertEquals(1000, bench.the(Effect.CloseSession.class).code());
    bench.the(Effect.Reconnect.class);
    bench.greeted(SSH, WEB);
    bench.gives(new Effect.Listen(WEB, Bench.ANY_PORT), new Effect.ResumeListeners());
  }

  @Test
  void otherServicesThatDoNotFitEndItAfterReconnecting() {
    Bench bench = Bench.source(SSH).greeted(SSH).receives(serviceIds(WEB));
    bench.the(Effect.Reconnect.class);
    bench.greeted(WEB);
    assertTrue(bench.the(Effect.End.class).outcome() instanceof Outcome.Failed);
  }

  @Test
  void aServiceThatIsGoneLosesItsListenerBeforeAnotherTakesItsPort() {
    Bench bench = Bench.source(NONE).greeted(SSH).receives(serviceIds(WEB)).greeted(WEB);
    bench.gives(
        new Effect.StopListening(SSH),
        new Effect.Listen(WEB, Bench.endpoint(NONE)),
        new Effect.ResumeListeners());
  }

  @Test
  void aListenerOutlivesTheSession() {
    Bench bench = Bench.source().greeted(SSH);
    bench.gives(new Effect.Listen(SSH, Bench.ANY_PORT));
    bench.on(new Event.SessionBroken("gone"));
    assertEquals(new Effect.PauseListeners(), bench.orders().get(0));
    bench.greeted(SSH).gives(new Effect.ResumeListeners());
  }

  @Test
  void servicesThatDoNotComeInTimeMeanReconnecting() {
    Bench bench = up(Bench.source(SSH)).passesMillis(29_999);
    assertEquals(List.of(), bench.all(Effect.CloseSession.class));
    bench.passesMillis(1);
    assertEquals(1000, bench.the(Effect.CloseSession.class).code());
    assertTrue(bench.the(Effect.Reconnect.class).reason().contains("SERVICE_IDS"));
  }

  @Test
  void servicesThatComeLateButInTimeAreWelcome() {
    Bench bench = up(Bench.source(SSH)).passesMillis(29_999).receives(serviceIds(SSH));
    bench.gives(new Effect.Listen(SSH, Bench.endpoint(SSH)));
    bench.passesMillis(60_000);
    assertEquals(List.of(), bench.all(Effect.CloseSession.class));
  }

  @Test
  void aCloseBeforeTheServicesMeansReconnecting() {
    Bench bench = up(Bench.source(SSH)).on(new Event.SessionClosed(1011, "restart"));
    bench.the(Effect.Reconnect.class);
    bench.passesMillis(60_000);
    assertEquals(List.of(), bench.all(Effect.CloseSession.class), "nothing is overdue any more");
    bench.greeted(SSH).gives(new Effect.Listen(SSH, Bench.endpoint(SSH)));
  }

  @Test
  void aNormalCloseBeforeTheServicesIsTheEndOfTheTunnelToo() {
    Bench bench = up(Bench.source(SSH)).on(new Event.SessionClosed(1000, "expired"));
    bench.gives(new Effect.End(new Outcome.TunnelClosed("expired")));
  }

  @Test
  void aSessionResetBeforeTheServicesChangesNothing() {
    Bench bench = up(Bench.source(SSH)).receives(Messages.sessionReset()).givesNothing();
    bench.receives(serviceIds(SSH)).gives(new Effect.Listen(SSH, Bench.endpoint(SSH)));
  }

  @Test
  void subprotocol1MeansOneUnnamedServiceAtOnce() {
    Bench bench = Bench.source(NONE).on(new Event.ConnectDue());
    bench.on(new Event.SessionUp(Bench.SUBPROTOCOL_1));
    bench.gives(new Effect.Listen(NONE, Bench.endpoint(NONE)), RECEIVE);
    bench.accepts(new LocalId(1), NONE).sends(streamStart(NONE, 1, 0));
    bench.passesMillis(35_000);
    assertEquals(List.of(), bench.all(Effect.CloseSession.class));
  }

  @Test
  void subprotocol2MeansThatASourceSpeaksV2() {
    Bench bench = Bench.source(SSH).on(new Event.ConnectDue());
    bench.on(new Event.SessionUp(Bench.SUBPROTOCOL_2)).receives(serviceIds(SSH));
    bench.accepts(new LocalId(1), SSH).sends(streamStart(SSH, 1, 0));
  }

  @Test
  void anOlderDialectThanTheSubprotocolIsSpokenAsAsked() {
    Bench bench = new Bench(Bench.source(Dialect.V1, NONE), TunnelSettings.DEFAULTS).greeted(SSH);
    bench.accepts(new LocalId(1), SSH).sends(streamStart(NONE, 1, 0));
  }
}
