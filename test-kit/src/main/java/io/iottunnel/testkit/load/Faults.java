package io.iottunnel.testkit.load;

import io.iottunnel.domain.ServiceId;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.emulator.TunnelEnd;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets things go wrong at one tunnel, one after the other. Confined to one thread. */
final class Faults {

  private static final int LONGEST_REST_MILLIS = 3_000;
  private static final int LONGEST_PAUSE_MILLIS = 500;
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final ServiceEmulator service;
  private final Pair pair;
  private final Clients clients;
  private final Ledger ledger;
  private final Weather weather;
  private final SplittableRandom chance;

  Faults(
      ServiceEmulator service,
      Pair pair,
      Clients clients,
      Ledger ledger,
      Weather weather,
      SplittableRandom chance) {
    this.service = service;
    this.pair = pair;
    this.clients = clients;
    this.ledger = ledger;
    this.weather = weather;
    this.chance = chance;
  }

  /** Goes on until it is told to stop, and ends in fair weather. */
  void run(Stop stop) {
    while (!stop.within(chance.nextInt(LONGEST_REST_MILLIS))) {
      switch (chance.nextInt(4)) {
        case 0 -> pause(stop);
        case 1 -> reset();
        default -> strike(Choice.of(chance, List.of(Fault.values())));
      }
    }
  }

  /**
   * The service reads one end no further for a while: everything comes late, and nothing is lost.
   */
  private void pause(Stop stop) {
    TunnelEnd end = Choice.of(chance, List.of(pair.tunnel().source(), pair.tunnel().destination()));
    end.stopReading();
    stop.within(chance.nextInt(LONGEST_PAUSE_MILLIS));
    end.resumeReading();
    ledger.count("PAUSE");
  }

  private void reset() {
    weather.disturb(this::settle);
    ledger.count("SESSION_RESET");
  }

  private void strike(Fault fault) {
    TunnelEnd victim = fault.victim(pair, chance);
    weather.disturb(
        () -> {
          int sessions = victim.sessions();
          fault.strike(service, pair, victim, chance);
          endAtLast(victim, sessions);
          victim.awaitSessions(sessions + 1);
          settle();
        });
    ledger.count(fault.name());
  }

  /** A cut at some byte waits for that byte, and nobody may have so much to say. */
  private static void endAtLast(TunnelEnd victim, int sessions) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (victim.sessions() == sessions && System.nanoTime() < end) {
      LockSupport.parkNanos(GLANCE_NANOS);
    }
    if (victim.sessions() == sessions && victim.isConnected()) {
      victim.cut(TunnelEnd.Cut.RST);
    }
  }

  /**
   * Has the service reset every stream, as it does when an end went away, and waits until each
   * service is reached again. First the destination: what the source starts afterwards is not hit.
   */
  private void settle() {
    Tunnel tunnel = pair.tunnel();
    Message reset = Message.of(MessageType.SESSION_RESET, "", 0, 0);
    for (TunnelEnd end : List.of(tunnel.destination(), tunnel.source())) {
      end.send(reset);
    }
    pair.services().forEach(this::awaitReached);
  }

  private void awaitReached(ServiceId reached) {
    long end = System.nanoTime() + SETTLED_NANOS;
    while (!clients.run(pair.source(), Talk.probe(ledger.nextNumber(), reached))) {
      if (System.nanoTime() > end) {
        throw new AssertionError(reached + " is not reached any more");
      }
    }
  }
}
