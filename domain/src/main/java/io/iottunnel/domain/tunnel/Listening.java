package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ServiceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The listeners of a source: each is opened once and outlives the sessions, and while there is no
 * session its clients wait.
 */
final class Listening {

  private final Consumer<Effect> out;
  private final Map<ServiceId, Endpoint> open = new HashMap<>();
  private boolean paused;

  Listening(Consumer<Effect> out) {
    this.out = out;
  }

  /** Accepts the clients of these services, and of no other. */
  void serve(Map<ServiceId, Endpoint> services) {
    Set<ServiceId> gone = new HashSet<>(open.keySet());
    gone.removeAll(services.keySet());
    gone.forEach(this::stop);
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

  /** Accepts nobody until {@link #serve}. */
  void pause() {
    if (!open.isEmpty() && !paused) {
      paused = true;
      out.accept(new Effect.PauseListeners());
    }
  }
}
