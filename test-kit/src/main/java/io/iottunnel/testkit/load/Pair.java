package io.iottunnel.testkit.load;

import io.iottunnel.domain.ClientToken;
import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.load.LocalProxies.Running;
import io.iottunnel.testkit.secrets.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The two local proxies of one tunnel, each of which can be replaced. Thread-safe. */
final class Pair implements AutoCloseable {

  private static final int CLIENTS_AT_ONCE = 64;

  private final LocalProxies proxies;
  private final Tunnel tunnel;
  private final List<ServiceId> services;
  private final ClientToken clientToken = new ClientToken(Secrets.token());
  private final Map<ServiceId, Endpoint> mapping;
  private Running destination;
  private volatile Source source;

  /**
   * A source that runs, and how many clients each of its services takes at once.
   *
   * @param dialect that it speaks
   */
  record Source(Running running, Dialect dialect, Map<ServiceId, Semaphore> turns) {

    /** Whether a service takes several clients at once. */
    boolean isForMany() {
      return dialect.multiplexes();
    }

    /** Whose turn it is at {@code service}. */
    Semaphore turnsAt(ServiceId service) {
      return Objects.requireNonNull(turns.get(service));
    }
  }

  Pair(LocalProxies proxies, Tunnel tunnel, Endpoint application) {
    this.proxies = proxies;
    this.tunnel = tunnel;
    this.services = tunnel.services().stream().map(ServiceId::new).toList();
    this.mapping =
        services.stream().collect(Collectors.toMap(Function.identity(), service -> application));
    this.destination = startDestination();
    this.source = startSource(Dialect.V3);
  }

  Tunnel tunnel() {
    return tunnel;
  }

  List<ServiceId> services() {
    return services;
  }

  Source source() {
    return source;
  }

  /** Another process takes the source's place. */
  void replaceSource(Dialect dialect) {
    source.running().close();
    tunnel.source().expectNewProcess();
    source = startSource(dialect);
  }

  /** Another process takes the destination's place. */
  void replaceDestination() {
    destination.close();
    tunnel.destination().expectNewProcess();
    destination = startDestination();
  }

  private Running startDestination() {
    return proxies.start(tunnel.destination(), clientToken, Dialect.V3, mapping);
  }

  private Source startSource(Dialect dialect) {
    return new Source(
        proxies.start(tunnel.source(), clientToken, dialect, Map.of()),
        dialect,
        services.stream()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    service -> new Semaphore(dialect.multiplexes() ? CLIENTS_AT_ONCE : 1, true))));
  }

  @Override
  public void close() {
    source.running().close();
    destination.close();
  }
}
