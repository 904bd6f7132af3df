package io.iottunnel.domain.tunnel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import java.time.Duration;
import java.util.List;

/**
 * A source and a destination joined by a fake service: the whole tunnel in one thread, with time
 * moved by hand. Every message that either end sends is held against the {@link SendingRules}.
 */
final class World {

  private static final int MANY = 1_000_000;

  final FakeService service;
  final End source;
  final End destination;

  World(FakeService service, TunnelSpec source, TunnelSpec destination, TunnelSettings settings) {
    this.service = service;
    this.source = new End(source, settings, service);
    this.destination = new End(destination, settings, service);
  }

  /** A tunnel of these services, both ends connected and greeted. */
  static World of(Dialect dialect, ServiceId... services) {
    return of(TunnelSettings.DEFAULTS, dialect, services);
  }

  static World of(TunnelSettings settings, Dialect dialect, ServiceId... services) {
    World world =
        new World(
            new FakeService(services),
            Bench.spec(Mode.SOURCE, dialect, services),
            Bench.spec(Mode.DESTINATION, Dialect.V3, services.length == 0 ? none() : services),
            settings);
    return world.begins();
  }

  private static ServiceId[] none() {
    return new ServiceId[] {ServiceId.UNNAMED};
  }

  World begins() {
    return passes(Duration.ZERO);
  }

  /** A client connects, and its connection reaches the application. */
  FakeSocket client(ServiceId to) {
    FakeSocket client = source.client(to);
    run();
    return client;
  }

  /** The application's side of a client's connection. */
  FakeSocket applicationOf(FakeSocket client) {
    run();
    return destination
        .local
        .partnerOf(client)
        .orElseThrow(() -> new AssertionError("no application for " + client));
  }

  List<End> ends() {
    return List.of(source, destination);
  }

  /** Everything that can happen without time passing, happens. */
  World run() {
    int steps = 0;
    boolean any = true;
    while (any) {
      any = false;
      for (End end : ends()) {
        any |= end.pump();
        any |= end.link.send();
        any |= service.deliver(end);
      }
      assertTrue(++steps < MANY, "it never comes to rest");
    }
    return this;
  }

  World passes(Duration time) {
    long until = service.now() + time.toMillis();
    int steps = 0;
    for (long next = wakeNext(until); next <= until; next = wakeNext(until)) {
      run();
      assertTrue(++steps < MANY, "a deadline is never met");
    }
    service.now(until);
    return run();
  }

  World passesMillis(long time) {
    return passes(Duration.ofMillis(time));
  }

  /** Moves to the next deadline, if it is not after {@code until}, and wakes whom it concerns. */
  private long wakeNext(long until) {
    run();
    long next = Math.min(source.nextDeadline(), destination.nextDeadline());
    if (next <= until) {
      service.now(Math.max(service.now(), next));
      ends().forEach(End::wake);
    }
    return next;
  }
}
