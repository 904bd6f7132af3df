package io.iottunnel.domain.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One machine on the bench: facts are put in by hand, one at a time, and what it orders is looked
 * at. Time stands still unless it is moved.
 */
final class Bench {

  static final String SUBPROTOCOL_3 = "aws.iot.securetunneling-3.0";
  static final String SUBPROTOCOL_2 = "aws.iot.securetunneling-2.0";
  static final String SUBPROTOCOL_1 = "aws.iot.securetunneling-1.0";
  static final Endpoint ANY_PORT = Endpoint.tcp("localhost", 0);

  private final TunnelMachine machine;
  private final List<Effect> answer = new ArrayList<>();
  private long now = 1_000_000;

  Bench(TunnelSpec spec, TunnelSettings settings) {
    this.machine = new TunnelMachine(spec, settings);
  }

  static Bench source(ServiceId... mapped) {
    return new Bench(source(Dialect.V3, mapped), TunnelSettings.DEFAULTS);
  }

  static Bench destination(ServiceId... mapped) {
    return new Bench(spec(Mode.DESTINATION, Dialect.V3, mapped), TunnelSettings.DEFAULTS);
  }

  /** A source whose one client is standard input and output. */
  static Bench stdio(ServiceId service) {
    return new Bench(
        new TunnelSpec(
            Mode.SOURCE, Dialect.V3, Map.of(service, new Endpoint.Stdio()), false, ANY_PORT),
        TunnelSettings.DEFAULTS);
  }

  static TunnelSpec source(Dialect dialect, ServiceId... mapped) {
    return spec(Mode.SOURCE, dialect, mapped);
  }

  static TunnelSpec spec(Mode mode, Dialect dialect, ServiceId... mapped) {
    Map<ServiceId, Endpoint> mapping = new LinkedHashMap<>();
    Arrays.stream(mapped).forEach(service -> mapping.put(service, endpoint(service)));
    return new TunnelSpec(mode, dialect, mapping, false, ANY_PORT);
  }

  /** One whose mapping is kept for many tunnels. */
  static Bench ofManyTunnels(Mode mode, ServiceId... mapped) {
    Map<ServiceId, Endpoint> mapping = spec(mode, Dialect.V3, mapped).mapping();
    return new Bench(
        new TunnelSpec(mode, Dialect.V3, mapping, true, ANY_PORT), TunnelSettings.DEFAULTS);
  }

  /** Where everything of this service is, in all stories. */
  static Endpoint endpoint(ServiceId service) {
    return Endpoint.tcp("localhost", 5000 + service.name().length());
  }

  /** A destination with one connection open, that of {@code start}. */
  static Bench started(LocalId first, Message start) {
    Bench bench = destination(Messages.SSH).greeted(Messages.SSH);
    return bench.receives(start).gives(opening(first)).on(new Event.LocalConnected(first));
  }

  /** The order to reach the application of {@link Messages#SSH}. */
  static Effect opening(LocalId local) {
    return new Effect.OpenLocal(local, Messages.SSH, endpoint(Messages.SSH));
  }

  static Effect sending(Message message) {
    return new Effect.SendMessage(message);
  }

  // Facts.

  Bench on(Event event) {
    answer.clear();
    answer.addAll(machine.on(event, now));
    return this;
  }

  /** A message arrives; what the machine leaves of its payload is destroyed, as the engine may. */
  Bench receives(Message message) {
    return on(new Event.MessageReceived(message));
  }

  /** Connects, and the service greets with these services. */
  Bench greeted(ServiceId... services) {
    on(new Event.ConnectDue());
    on(new Event.SessionUp(SUBPROTOCOL_3));
    return receives(Messages.serviceIds(services));
  }

  /** A client comes to a source. */
  Bench accepts(LocalId client, ServiceId service) {
    return on(new Event.ClientAccepted(client, service));
  }

  /** A local side says this: it is readable, gets its turn, and is read. The read was not full. */
  Bench reads(LocalId local, String text) {
    return reads(local, Messages.bytes(text), false);
  }

  Bench reads(LocalId local, ByteBuffer payload, boolean more) {
    on(new Event.LocalReadable(local)).gives(new Effect.ReadLocal(local));
    return on(new Event.LocalRead(local, payload, more));
  }

  /** A local side ends what it says: it is readable, gets its turn, and is at its end. */
  Bench ends(LocalId local) {
    on(new Event.LocalReadable(local)).gives(new Effect.ReadLocal(local));
    return on(new Event.LocalEnded(local));
  }

  /** Time passes, and every deadline on the way is kept. */
  Bench passes(Duration time) {
    answer.clear();
    long end = now + time.toMillis();
    while (machine.nextDeadline() <= end) {
      now = Math.max(now, machine.nextDeadline());
      answer.addAll(machine.on(new Event.Tick(), now));
    }
    now = end;
    return this;
  }

  Bench passesMillis(long time) {
    return passes(Duration.ofMillis(time));
  }

  /** The process is stopped for a time, and goes on with what waits for it. */
  Bench sleeps(Duration time) {
    now += time.toMillis();
    return this;
  }

  // What followed.

  /** The orders to the last fact, in order, and no other; what observers are told is left out. */
  Bench gives(Effect... expected) {
    assertEquals(List.of(expected), orders());
    return this;
  }

  /** Nothing but what observers are told. */
  Bench givesNothing() {
    return gives();
  }

  /** These messages, and no other, were ordered to be sent. */
  Bench sends(Message... expected) {
    assertEquals(List.of(expected), sent());
    return this;
  }

  /** An observer was told so. */
  <E extends Effect> Bench tells(Class<E> kind) {
    assertTrue(answer.stream().anyMatch(kind::isInstance), () -> kind + " is not in " + answer);
    return this;
  }

  /** The one effect of this kind that followed. */
  <E extends Effect> E the(Class<E> kind) {
    List<E> found = all(kind);
    assertEquals(1, found.size(), () -> kind.getSimpleName() + " in " + answer);
    return found.get(0);
  }

  <E extends Effect> List<E> all(Class<E> kind) {
    return answer.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  List<Message> sent() {
    return answer.stream()
        .filter(e -> e instanceof Effect.SendMessage || e instanceof Effect.SendData)
        .map(
            e ->
                e instanceof Effect.SendMessage control
                    ? control.message()
                    : ((Effect.SendData) e).message())
        .toList();
  }

  List<Effect> orders() {
    Predicate<Effect> isTold =
        e ->
            e instanceof Effect.Opened
                || e instanceof Effect.Ended
                || e instanceof Effect.Refused
                || e instanceof Effect.Unreachable
                || e instanceof Effect.Ignored
                || e instanceof Effect.Warned
                || e instanceof Effect.Mapped;
    return answer.stream().filter(isTold.negate()).toList();
  }

  List<Effect> answer() {
    return List.copyOf(answer);
  }

  long now() {
    return now;
  }

  /** When the machine wants to be asked next, from now. */
  long nextDeadlineIn() {
    return machine.nextDeadline() - now;
  }

  long undelivered() {
    return machine.undelivered();
  }
}
