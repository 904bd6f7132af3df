package io.iottunnel.domain;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which local endpoint belongs to which service: where a source listens, or what a destination
 * connects to. Written as {@code SSH1=5555,HTTP1=8080}, or as one endpoint alone, which then is for
 * the tunnel's only service.
 *
 * @param endpoints the endpoints by service; one without a name is under {@link ServiceId#UNNAMED},
 *     and then is the only one
 */
public record ServiceMapping(SortedMap<ServiceId, Endpoint> endpoints) {

  /** Nothing given: a source then listens on free ports. */
  public static final ServiceMapping NONE = new ServiceMapping(Collections.emptySortedMap());

  public ServiceMapping {
    endpoints = Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
  }

  /**
   * Reads where a source listens: {@code 5555}, {@code 0} (any free port), {@code 127.0.0.1:5555},
   * {@code [::1]:5555}, {@code /run/x.sock}.
   *
   * @param origin where the value came from, for the error
   * @param bindAddress the host to listen on where only a port is given
   * @throws ConfigurationException if it cannot be used; a service given twice, or two that would
   *     listen at the same place, cannot
   */
  public static ServiceMapping ofListeners(String text, String origin, String bindAddress) {
    return parse(text, origin, bindAddress, 0, true);
  }

  /**
   * Reads what a destination connects to: {@code 22} (on localhost), {@code host:22}, {@code
   * [::1]:22}, {@code /run/app.sock}.
   *
   * @param origin where the value came from, for the error
   * @throws ConfigurationException if it cannot be used; a service given twice cannot
   */
  public static ServiceMapping ofApplications(String text, String origin) {
    return parse(text, origin, "localhost", 1, false);
  }

  /**
   * Standard input and output for one service.
   *
   * @param service {@link ServiceId#UNNAMED} for the tunnel's only one
   */
  public static ServiceMapping ofStdio(ServiceId service) {
    return new ServiceMapping(new TreeMap<>(Map.of(service, new Endpoint.Stdio())));
  }

  /** The mapping as it is written. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (Map.Entry<ServiceId, Endpoint> entry : endpoints.entrySet()) {
      out.append(out.isEmpty() ? "" : ",");
      out.append(entry.getKey().isUnnamed() ? "" : entry.getKey().name() + "=");
      out.append(entry.getValue());
    }
    return out.toString();
  }

  private static ServiceMapping parse(
      String text, String origin, String defaultHost, int lowestPort, boolean exclusive) {
    Function<String, ConfigurationException> refusal =
        what ->
            new ConfigurationException(
                "%s: '%s' cannot be used: %s. Example: SSH1=5555,SSH2=6666."
                    .formatted(origin, Printable.of(text, 200), what));
    SortedMap<ServiceId, Endpoint> endpoints = new TreeMap<>();
    Set<Endpoint> taken = new HashSet<>();
    for (String part : text.split(",", -1)) {
      Item item;
      try {
        item = Item.parse(part.strip(), defaultHost, lowestPort);
      } catch (IllegalArgumentException e) {
        throw refusal.apply(e.getMessage());
      }
      if (endpoints.put(item.service(), item.endpoint()) != null) {
        throw refusal.apply(
            item.service().isUnnamed()
                ? "several endpoints need the names of their services"
                : "service " + item.service() + " is given twice");
      }
      if (exclusive && !item.leavesTheChoice() && !taken.add(item.endpoint())) {
        throw refusal.apply("two services would listen at " + item.endpoint());
      }
    }
    if (endpoints.size() > 1 && endpoints.containsKey(ServiceId.UNNAMED)) {
      throw refusal.apply("several endpoints need the names of their services");
    }
    return new ServiceMapping(endpoints);
  }

  /** One part between commas. */
  private record Item(ServiceId service, Endpoint endpoint) {

    static Item parse(String text, String defaultHost, int lowestPort) {
      int equals = text.indexOf('=');
      int slash = text.indexOf('/');
      boolean named = equals >= 0 && (slash < 0 || equals < slash);
      ServiceId service = ServiceId.UNNAMED;
      if (named) {
        service = ServiceId.parse(text.substring(0, equals).strip());
      }
      String endpoint = named ? text.substring(equals + 1).strip() : text;
      return new Item(service, endpoint(endpoint, defaultHost, lowestPort));
    }

    private static Endpoint endpoint(String text, String defaultHost, int lowestPort) {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("an endpoint is missing");
      }
      if (text.indexOf('/') >= 0) {
        if (text.chars().anyMatch(Character::isISOControl)) {
          throw new IllegalArgumentException("a path must not have control characters");
        }
        return new Endpoint.Unix(text);
      }
      HostAndPort address =
          Authority.isNumber(text)
              ? new HostAndPort(defaultHost, Authority.port(text))
              : withPort(Authority.parse(text));
      if (address.port() < lowestPort) {
        throw new IllegalArgumentException("the port must be a number from 1 to 65535");
      }
      return new Endpoint.Tcp(address);
    }

    private static HostAndPort withPort(Authority authority) {
      if (authority.port().isEmpty()) {
        throw new IllegalArgumentException("'" + authority.host() + "' lacks a port");
      }
      return authority.withPortOr(0);
    }

    /** Whether the system chooses the port, so that there can be many of the same. */
    boolean leavesTheChoice() {
      return endpoint.match(
          new Endpoint.Cases<Boolean>() {
            @Override
            public Boolean tcp(Endpoint.Tcp endpoint) {
              return endpoint.address().port() == 0;
            }

            @Override
            public Boolean unix(Endpoint.Unix endpoint) {
              return false;
            }

            @Override
            public Boolean stdio(Endpoint.Stdio endpoint) {
              return false;
            }
          });
    }
  }
}
