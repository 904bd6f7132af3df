package io.iottunnel.engine;

import io.iottunnel.domain.AccessToken;
import io.iottunnel.domain.ClientToken;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.tunnel.Outcome;
import io.iottunnel.domain.tunnel.TunnelSettings;
import io.iottunnel.domain.tunnel.TunnelSpec;
import io.iottunnel.ports.DirectDialer;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.ports.TunnelTransport;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongUnaryOperator;

/** The engine with its inner doors open for a simulation: time and chance come from there, too. */
public final class SimulatedEngine {

  /** Time as the simulation has it. */
  public interface Time {
    long millis();

    /** Runs an action once, later; the answer cancels it. */
    Runnable after(long delay, Runnable action);
  }

  private final TunnelRunner runner;

  public SimulatedEngine(
      TunnelSpec spec,
      TunnelSettings settings,
      DirectDialer dialer,
      TunnelTransport transport,
      LocalSockets sockets,
      TunnelObserver observer,
      Time time,
      LongUnaryOperator chance) {
    Tunnel tunnel =
        new Tunnel(
            new HostAndPort("service.example", 443),
            new AccessToken("the-access-token"),
            Optional.of(new ClientToken("0123456789abcdef0123456789abcdef")),
            spec,
            settings);
    this.runner =
        new TunnelRunner(
            tunnel,
            new Way.Direct(dialer),
            transport,
            sockets,
            observer,
            new SimulatedTimers(time),
            chance);
  }

  /**
   * Starts it.
   *
   * @return how it ends; exceptionally by a mistake, also one that the simulation finds
   */
  public CompletableFuture<Outcome> start() {
    runner.start();
    return runner.ended();
  }

  public void stop() {
    runner.stop();
  }

  private record SimulatedTimers(Time time) implements Timers {
    @Override
    public long millis() {
      return time.millis();
    }

    @Override
    public Runnable after(long delay, Runnable action) {
      return time.after(delay, action);
    }

    @Override
    public void close() {}
  }
}
