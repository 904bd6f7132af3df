package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.ServicesMismatchException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Fits what the user mapped to what the tunnel has. */
final class ServiceMatching {

  private ServiceMatching() {}

  /**
   * @param announced the services in SERVICE_IDS; empty for a tunnel with one unnamed service
   * @return an endpoint for each service of the tunnel
   * @throws ServicesMismatchException when they do not fit, with both sets
   */
  static Map<ServiceId, Endpoint> match(TunnelSpec spec, List<ServiceId> announced) {
    List<ServiceId> ofTunnel = announced.stream().distinct().toList();
    Map<ServiceId, Endpoint> given = spec.mapping();
    List<ServiceId> services = ofTunnel.isEmpty() ? List.of(ServiceId.UNNAMED) : ofTunnel;
    if (spec.mode() == Mode.SOURCE && spec.dialect() == Dialect.V1 && services.size() > 1) {
      throw mismatch("a V1 source cannot tell several services apart", given.keySet(), ofTunnel);
    }
    Map<ServiceId, Endpoint> mapping = new LinkedHashMap<>();
    if (given.isEmpty()) {
      if (spec.mode() == Mode.DESTINATION) {
        throw mismatch("no application is mapped", given.keySet(), ofTunnel);
      }
      services.forEach(service -> mapping.put(service, spec.anyPort()));
      return mapping;
    }
    Endpoint bare = given.get(ServiceId.UNNAMED);
    if (bare != null && given.size() == 1) {
      if (services.size() > 1) {
        throw mismatch(
            "one endpoint without a service id cannot serve several services",
            given.keySet(),
            ofTunnel);
      }
      return Map.of(services.get(0), bare);
    }
    if (spec.hasOneClient() && services.containsAll(given.keySet())) {
      return given;
    }
    if (spec.surplusAllowed()) {
      return chosen(spec, services, ofTunnel);
    }
    if (!new TreeSet<>(given.keySet()).equals(new TreeSet<>(services))) {
      throw mismatch("the service ids differ", given.keySet(), ofTunnel);
    }
    services.forEach(service -> mapping.put(service, given.get(service)));
    return mapping;
  }

  /** Of a mapping that is for many tunnels, what is for this one. */
  private static Map<ServiceId, Endpoint> chosen(
      TunnelSpec spec, List<ServiceId> services, List<ServiceId> ofTunnel) {
    Map<ServiceId, Endpoint> given = spec.mapping();
    if (spec.mode() == Mode.DESTINATION && !given.keySet().containsAll(services)) {
      throw mismatch("not every service has an application", given.keySet(), ofTunnel);
    }
    Map<ServiceId, Endpoint> mapping = new LinkedHashMap<>();
    services.forEach(service -> mapping.put(service, given.getOrDefault(service, spec.anyPort())));
    return mapping;
  }

  private static ServicesMismatchException mismatch(
      String why, Collection<ServiceId> given, Collection<ServiceId> ofTunnel) {
    return new ServicesMismatchException(
        "The services given do not match the tunnel's: "
            + why
            + ". Given: "
            + names(given)
            + ". The tunnel has: "
            + names(ofTunnel)
            + ". Name each of the tunnel's services once, such as "
            + example(ofTunnel)
            + ".");
  }

  private static String names(Collection<ServiceId> services) {
    return services.isEmpty()
        ? "none"
        : services.stream().sorted().map(ServiceId::toString).collect(Collectors.joining(", "));
  }

  private static String example(Collection<ServiceId> ofTunnel) {
    if (ofTunnel.isEmpty()) {
      return "5555";
    }
    int[] port = {5554};
    return ofTunnel.stream()
        .map(service -> service + "=" + ++port[0])
        .collect(Collectors.joining(","));
  }
}
