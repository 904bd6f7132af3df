package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ServiceId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The listeners of a source: each is opened once, after a few attempts if need be, and outlives the
 * sessions; while there is no session its clients wait.
 */
final class Listening {

  private final TunnelSettings settings;
  private final Deadlines deadlines;
  private final Consumer<Effect> out;

  /** The services with a listener, and those for which one is being opened. */
  private final Map<ServiceId, Endpoint> open = new HashMap<>();

  /** The services whose listener could not be opened, and is to be tried again. */
  private final Map<ServiceId, Endpoint> failed = new LinkedHashMap<>();

  private final Map<ServiceId, Integer> failures = new HashMap<>();
  private boolean serving;
  private boolean paused;

  Listening(TunnelSettings settings, Deadlines deadlines, Consumer<Effect> out) {
    this.settings = settings;
    this.deadlines = deadlines;
    this.out = out;
  }

  /** Accepts the clients of these services, and of no other. */
  void serve(Map<ServiceId, Endpoint> services) {
    serving = true;
    open.keySet().stream().filter(s -> !services.containsKey(s)).toList().forEach(this::stop);
    failed.clear();
    failures.keySet().retainAll(services.keySet());
    services.forEach(this::start);
    if (paused) {
      paused = false;
      out.accept(new Effect.ResumeListeners());
    }
  }

  private void stop(ServiceId service) {
    open.remove(service);
    out.accept(new Effect.StopListening(service));
  }

  private void start(ServiceId service, Endpoint endpoint) {
    if (open.putIfAbsent(service, endpoint) == null) {
      out.accept(new Effect.Listen(service, endpoint));
    }
  }

  /**
   * A listener could not be opened.
   *
   * @return whether it will be tried again
   */
  boolean failed(ServiceId service, String reason) {
    Endpoint endpoint = open.remove(service);
    if (endpoint == null) {
      return true; // of a service that the tunnel no longer has
    }
    if (!settings.triesLocallyAgain(failures.merge(service, 1, Integer::sum))) {
      return false;
    }
    failed.put(service, endpoint);
    deadlines.set(Deadlines.Kind.LISTEN_AGAIN, settings.localRetryDelay());
    out.accept(
        new Effect.Warned(
            "%s; next try in %d ms".formatted(reason, settings.localRetryDelay().toMillis())));
    return true;
  }

  /** It is time to try again. Without a session, that waits for {@link #serve}. */
  void again() {
    if (serving) {
      Map<ServiceId, Endpoint> due = Map.copyOf(failed);
      failed.clear();
      due.forEach(this::start);
    }
  }

  /** Accepts nobody until {@link #serve}. */
  void pause() {
    serving = false;
    if (!open.isEmpty() && !paused) {
      paused = true;
      out.accept(new Effect.PauseListeners());
    }
  }

  /** It is over. */
  void giveUp() {
    deadlines.clear(Deadlines.Kind.LISTEN_AGAIN);
  }
}
