package io.iottunnel.engine;

import io.iottunnel.domain.AccessToken;
import io.iottunnel.domain.ClientToken;
import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Outcome;
import io.iottunnel.domain.tunnel.TunnelSettings;
import io.iottunnel.domain.tunnel.TunnelSpec;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.DirectDialer;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.ports.TunnelTransport;
import io.iottunnel.ports.WebProxyDialer;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A local proxy: one end of one tunnel, for as long as the tunnel lives.
 *
 * <pre>{@code
 * LocalProxy proxy =
 *     LocalProxy.builder(Mode.SOURCE, new HostAndPort("data.tunneling.iot.us-east-1.amazonaws.com", 443), token)
 *         .mapping(Map.of(ServiceId.UNNAMED, Endpoint.tcp("localhost", 5555)))
 *         .through(webProxy, webProxyDialer)
 *         .over(transport, sockets)
 *         .build();
 * Outcome outcome = proxy.start().join();
 * }</pre>
 *
 * <p>The adapters belong to whoever made them, and may serve several local proxies; close them when
 * the last has ended. Thread-safe.
 */
public final class LocalProxy {

  private final TunnelRunner runner;
  private final CompletableFuture<Outcome> ended;

  private LocalProxy(TunnelRunner runner, Timers timers) {
    this.runner = runner;
    this.ended = runner.ended().whenComplete((outcome, mistake) -> timers.close());
  }

  /**
   * Begins to describe a local proxy.
   *
   * @param service where the service is: the regional host name and port 443
   */
  public static Builder builder(Mode mode, HostAndPort service, AccessToken accessToken) {
    return new Builder(mode, service, accessToken);
  }

  /**
   * Connects, and stays connected until the tunnel is over, {@link #stop} is called, or nothing can
   * be done. Does not block.
   *
   * @return how it ended; completes exceptionally only by a mistake in the engine itself
   */
  public CompletableFuture<Outcome> start() {
    runner.start();
    return ended();
  }

  /**
   * Ends it in order: local connections take their last bytes (2 s at most), then the WebSocket is
   * closed.
   */
  public void stop() {
    runner.stop();
  }

  /**
   * Opens a new session at once: a session that is up is closed in order, and its streams end with
   * it; an attempt under way is given up; a delay before the next one is cut short. Does nothing
   * while standard input and output are connected, since that connection cannot be made again.
   */
  public void reconnect() {
    runner.reconnect();
  }

  /** How it ended, once it has. */
  public CompletableFuture<Outcome> ended() {
    return ended;
  }

  /** Describes a local proxy. Confined to one thread. */
  public static final class Builder {

    private final Mode mode;
    private final HostAndPort service;
    private final AccessToken accessToken;
    private Optional<ClientToken> clientToken =
        Optional.of(new ClientToken(UUID.randomUUID().toString()));
    private Dialect dialect = Dialect.V3;
    private Map<ServiceId, Endpoint> mapping = Map.of();
    private boolean surplusAllowed;
    private Endpoint anyPort = Endpoint.tcp("localhost", 0);
    private TunnelSettings settings = TunnelSettings.DEFAULTS;
    private TunnelObserver observer = TunnelObserver.NONE;
    private @Nullable Way way;
    private @Nullable TunnelTransport transport;
    private @Nullable LocalSockets sockets;
    private Timers timers = new ThreadTimers();
    private LongUnaryOperator chance =
        bound -> bound == 0 ? 0 : ThreadLocalRandom.current().nextLong(bound);

    private Builder(Mode mode, HostAndPort service, AccessToken accessToken) {
      this.mode = mode;
      this.service = service;
      this.accessToken = accessToken;
    }

    /**
     * The client token; by default one is made up for the life of this local proxy, so that it can
     * reconnect.
     */
    public Builder clientToken(ClientToken token) {
      clientToken = Optional.of(token);
      return this;
    }

    /** Sends no client token: the access token is then spent by the first session. */
    public Builder withoutClientToken() {
      clientToken = Optional.empty();
      return this;
    }

    /** What a source speaks; V3 unless a destination is too old for it. */
    public Builder dialect(Dialect dialect) {
      this.dialect = dialect;
      return this;
    }

    /**
     * The endpoint of each service: where a source listens, or where a destination's application
     * is. {@link ServiceId#UNNAMED} stands for the only service of the tunnel, whatever its name. A
     * source without a mapping listens where {@link #anyPort} says. A source with {@link
     * Endpoint.Stdio} serves that one client, and ends with it.
     */
    public Builder mapping(Map<ServiceId, Endpoint> mapping) {
      this.mapping = Map.copyOf(mapping);
      this.surplusAllowed = false;
      return this;
    }

    /**
     * As {@link #mapping}, but kept for many tunnels: it may name services that this tunnel does
     * not have. A service that it does not name is an error at a destination; a source listens for
     * it where {@link #anyPort} says.
     */
    public Builder mappingOfManyTunnels(Map<ServiceId, Endpoint> mapping) {
      this.mapping = Map.copyOf(mapping);
      this.surplusAllowed = true;
      return this;
    }

    /** Where a source listens for a service that is not mapped; {@code localhost:0} by default. */
    public Builder anyPort(Endpoint endpoint) {
      this.anyPort = endpoint;
      return this;
    }

    /** The numbers that steer the tunnel. */
    public Builder settings(TunnelSettings settings) {
      this.settings = settings;
      return this;
    }

    /** Who is told what happens. */
    public Builder observer(TunnelObserver observer) {
      this.observer = observer;
      return this;
    }

    /** Reaches the service through a web proxy. */
    public Builder through(WebProxy webProxy, WebProxyDialer dialer) {
      this.way = new Way.Proxied(webProxy, dialer);
      return this;
    }

    /** Reaches the service directly. */
    public Builder directly(DirectDialer dialer) {
      this.way = new Way.Direct(dialer);
      return this;
    }

    /** The WebSocket and the local sockets to use. */
    public Builder over(TunnelTransport transport, LocalSockets sockets) {
      this.transport = transport;
      this.sockets = sockets;
      return this;
    }

    /** Time as a test has it. */
    Builder timers(Timers timers) {
      this.timers.close();
      this.timers = timers;
      return this;
    }

    /** Which numbers come at random: at least 0, and below the argument where that is not 0. */
    Builder chance(LongUnaryOperator chance) {
      this.chance = chance;
      return this;
    }

    /**
     * The local proxy, not started yet.
     *
     * @throws IllegalStateException without {@link #over}, or without one of {@link #through} and
     *     {@link #directly}
     */
    public LocalProxy build() {
      if (way == null || transport == null || sockets == null) {
        throw new IllegalStateException(
            "a local proxy needs a way (through or directly) and something to run over");
      }
      Tunnel tunnel =
          new Tunnel(
              service,
              accessToken,
              clientToken,
              new TunnelSpec(mode, dialect, mapping, surplusAllowed, anyPort),
              settings);
      return new LocalProxy(
          new TunnelRunner(tunnel, way, transport, sockets, observer, timers, chance), timers);
    }
  }
}
