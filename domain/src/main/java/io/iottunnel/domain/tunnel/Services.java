package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The services that the tunnel has, and those that it had. */
final class Services {

  private final Mode mode;
  private final Consumer<Effect> out;
  private final Map<ServiceId, Service> known = new HashMap<>();
  private final Map<ServiceId, Service> current = new LinkedHashMap<>();

  Services(Mode mode, Consumer<Effect> out) {
    this.mode = mode;
    this.out = out;
  }

  /** Takes the tunnel's services; one that it had before goes on with its count of stream ids. */
  void serve(Map<ServiceId, Endpoint> mapping) {
    current.clear();
    mapping.forEach(
        (id, endpoint) ->
            current.put(id, known.computeIfAbsent(id, s -> new Service(s, endpoint, mode))));
  }

  Collection<Service> all() {
    return current.values();
  }

  /** The service of this name, if the tunnel has it now. */
  Optional<Service> named(ServiceId id) {
    return Optional.ofNullable(current.get(id));
  }

  /**
   * The service that a message means: without a name, the tunnel's only one. Warns where there is
   * none.
   */
  Optional<Service> meant(ServiceId onTheWire) {
    if (onTheWire.isUnnamed() && current.size() == 1) {
      return current.values().stream().findFirst();
    }
    Optional<Service> found = named(onTheWire);
    if (found.isEmpty()) {
      out.accept(
          new Effect.Warned("a message for a service that the tunnel does not have: " + onTheWire));
    }
    return found;
  }
}
