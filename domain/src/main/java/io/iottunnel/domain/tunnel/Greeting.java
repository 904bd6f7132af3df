package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.ServicesMismatchException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * SERVICE_IDS: how long it may take after the upgrade, whether what it says fits what the user
 * mapped, and whether a repeat says something else. Nothing is served before it.
 */
final class Greeting {

  private final TunnelSpec spec;
  private final Duration limit;
  private final Deadlines deadlines;
  private final Streams streams;
  private final Listening listening;
  private final Consumer<Effect> out;
  private Set<ServiceId> announced = Set.of();

  Greeting(
      TunnelSpec spec,
      Duration limit,
      Deadlines deadlines,
      Streams streams,
      Listening listening,
      Consumer<Effect> out) {
    this.spec = spec;
    this.limit = limit;
    this.deadlines = deadlines;
    this.streams = streams;
    this.listening = listening;
    this.out = out;
  }

  /** A session is up that will be greeted: the time for it begins, or begins anew. */
  void await() {
    deadlines.set(Deadlines.Kind.SERVICE_IDS, limit);
  }

  /** There is no session that could be greeted. */
  void giveUp() {
    deadlines.clear(Deadlines.Kind.SERVICE_IDS);
  }

  /** What is to be said when it has not come in time. */
  String overdue() {
    return "the service did not send its SERVICE_IDS within " + limit.toSeconds() + " s";
  }

  /**
   * The service told the tunnel's services, none for the single unnamed one: they are served from
   * now on.
   *
   * @throws ServicesMismatchException when they do not fit what is mapped; then nothing is served
   */
  void came(List<ServiceId> services) {
    deadlines.clear(Deadlines.Kind.SERVICE_IDS);
    Map<ServiceId, Endpoint> fitting = ServiceMatching.match(spec, services);
    announced = Set.copyOf(services);
    streams.serve(fitting);
    out.accept(new Effect.Mapped(fitting));
    if (spec.mode() == Mode.SOURCE) {
      listening.serve(fitting);
    }
  }

  /** Whether this repeat of the greeting says something else. */
  boolean isOther(List<ServiceId> services) {
    return !Set.copyOf(services).equals(announced);
  }
}
