package io.iottunnel.cli.e2e;

import io.iottunnel.adapters.jetty.JettyConnectDialog;
import io.iottunnel.adapters.jetty.JettyTunnelTransport;
import io.iottunnel.adapters.nio.DialLimits;
import io.iottunnel.adapters.nio.NioDirectDialer;
import io.iottunnel.adapters.nio.NioLocalSockets;
import io.iottunnel.adapters.nio.NioLoop;
import io.iottunnel.adapters.nio.NioWebProxyDialer;
import io.iottunnel.domain.AccessToken;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Outcome;
import io.iottunnel.domain.tunnel.TunnelSettings;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.engine.LocalProxy;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.TunnelEnd;
import io.iottunnel.testkit.secrets.Printed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * A local proxy in this JVM at one end of a tunnel of the emulator, running, with adapters of its
 * own: real sockets, TLS and WebSocket.
 */
final class End implements AutoCloseable {

  /** The documented settings, but for those that make one wait. */
  static final TunnelSettings QUICK =
      TunnelSettings.DEFAULTS
          .change()
          .retryDelay(Duration.ofMillis(50))
          .longestRetryDelay(Duration.ofMillis(200))
          .localRetries(1)
          .localRetryDelay(Duration.ofMillis(50))
          .build();

  private final ConcurrentLinkedQueue<Throwable> mistakes = new ConcurrentLinkedQueue<>();
  private final NioLoop loop = new NioLoop(mistakes::add);
  private final NioLocalSockets sockets =
      new NioLocalSockets(loop, DialLimits.DEFAULT, Optional.empty());
  private final Watch watch = new Watch();
  private final JettyTunnelTransport transport;
  private final LocalProxy proxy;
  private final CompletableFuture<Outcome> ended;

  private End(
      TestCa trusted,
      ServiceEmulator service,
      TunnelEnd end,
      Optional<WebProxy> webProxy,
      Consumer<LocalProxy.Builder> how) {
    SSLContext trust = trusted.clientContext();
    transport = new JettyTunnelTransport(trust, true, "e2e", JettyTunnelTransport.Limits.DEFAULT);
    LocalProxy.Builder builder =
        LocalProxy.builder(end.mode(), service.address(), new AccessToken(end.token()))
            .settings(QUICK)
            .observer(watch)
            .directly(new NioDirectDialer(loop))
            .over(transport, sockets);
    webProxy.ifPresent(
        proxy ->
            builder.through(
                proxy,
                new NioWebProxyDialer(
                    loop, new JettyConnectDialog.Factory("e2e"), trust, DialLimits.DEFAULT)));
    how.accept(builder);
    proxy = builder.build();
    ended = proxy.start();
  }

  /** Starts a local proxy at {@code end}, direct and with quick settings. */
  static End start(ServiceEmulator service, TunnelEnd end, Consumer<LocalProxy.Builder> how) {
    return new End(service.ca(), service, end, Optional.empty(), how);
  }

  /** Starts a local proxy at {@code end} that trusts {@code trusted} instead of the emulator's. */
  static End startTrusting(
      TestCa trusted, ServiceEmulator service, TunnelEnd end, Consumer<LocalProxy.Builder> how) {
    return new End(trusted, service, end, Optional.empty(), how);
  }

  /** Starts a local proxy at {@code end} behind {@code webProxy}. */
  static End startBehind(
      WebProxy webProxy, ServiceEmulator service, TunnelEnd end, Consumer<LocalProxy.Builder> how) {
    return new End(service.ca(), service, end, Optional.of(webProxy), how);
  }

  Watch watch() {
    return watch;
  }

  /** Connects to this source as a client of {@code service}. */
  Peer client(ServiceId service) {
    try {
      return Peer.of(new Socket(InetAddress.getLoopbackAddress(), watch.port(service)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void stop() {
    proxy.stop();
  }

  boolean isOver() {
    return ended.isDone();
  }

  /** How it ended, by itself. */
  Outcome outcome() {
    return Deadline.get(ended, "the end of the local proxy");
  }

  /** Why it ended, where it failed. */
  LocalProxyException failure() {
    return outcome()
        .match(
            new Outcome.Cases<LocalProxyException>() {
              @Override
              public LocalProxyException tunnelClosed(Outcome.TunnelClosed outcome) {
                throw new AssertionError("should have failed: " + outcome);
              }

              @Override
              public LocalProxyException stopped(Outcome.Stopped outcome) {
                throw new AssertionError("should have failed: " + outcome);
              }

              @Override
              public LocalProxyException connectionOver(Outcome.ConnectionOver outcome) {
                throw new AssertionError("should have failed: " + outcome);
              }

              @Override
              public LocalProxyException failed(Outcome.Failed outcome) {
                Printed.add(outcome.reason());
                return outcome.reason();
              }
            });
  }

  /** Stops the local proxy if it still runs, then ends its adapters. */
  @Override
  public void close() {
    proxy.stop();
    outcome();
    transport.close();
    sockets.close();
    loop.close();
    if (!mistakes.isEmpty()) {
      throw new AssertionError("the loop was told of mistakes: " + List.copyOf(mistakes));
    }
  }
}
