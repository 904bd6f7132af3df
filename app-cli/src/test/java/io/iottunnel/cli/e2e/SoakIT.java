package io.iottunnel.cli.e2e;

import io.iottunnel.domain.ClientToken;
import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.TunnelSettings;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.engine.TunnelObserver;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.TunnelEnd;
import io.iottunnel.testkit.load.LocalProxies;
import io.iottunnel.testkit.load.Soak;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import io.iottunnel.testkit.websocket.Chop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Hours of random traffic, faults and reconnects: as many minutes as {@code soak.minutes} says,
 * with the seed in {@code soak.seed}; in the ordinary build one minute, each time with another.
 * What it counts belongs to the whole process, so nothing runs beside it.
 */
@Isolated
@ExtendWith(NothingLeftOpen.class)
class SoakIT {

  /** A pause of the service's reading must not look like the end of an answer. */
  private static final TunnelSettings PATIENT =
      End.QUICK.change().halfCloseLinger(Duration.ofSeconds(2)).build();

  private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("soak.minutes", 1));

  private static final long SEED = Long.getLong("soak.seed", System.nanoTime());

  @Test
  void noByteIsLostAndNothingIsHeldForEver() {
    System.out.println("soak: " + LENGTH.toMinutes() + " min, -Dsoak.seed=" + SEED);
    var user = Secrets.credentials();
    try (ServiceEmulator service =
            ServiceEmulator.builder()
                .chopFrames(Chop.upTo(30_000, SEED))
                .chopWrites(Chop.upTo(20_000, SEED))
                .keepMessages(0)
                .limit(Duration.ofSeconds(60))
                .start();
        ScriptedWebProxy webProxy =
            ScriptedWebProxy.builder()
                .script(Script.basic(user))
                .route(
                    service.address().toString(),
                    new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), service.address().port()))
                .start()) {
      System.out.println(
          Soak.run(
              service,
              (end, token, dialect, mapping) ->
                  start(webProxy.url(user), service, end, token, dialect, mapping),
              List.of(
                  TunnelOwner.openTunnel(service, "SSH1", "WEB", "DB"),
                  TunnelOwner.openTunnel(service, "SSH1")),
              SEED,
              LENGTH));
    }
  }

  private static LocalProxies.Running start(
      WebProxy webProxy,
      ServiceEmulator service,
      TunnelEnd end,
      ClientToken token,
      Dialect dialect,
      Map<ServiceId, Endpoint> mapping) {
    Ports ports = new Ports();
    End running =
        End.startBehind(
            webProxy,
            service,
            end,
            b ->
                b.settings(PATIENT)
                    .observer(ports)
                    .clientToken(token)
                    .dialect(dialect)
                    .mapping(mapping));
    return new LocalProxies.Running() {
      @Override
      public int port(ServiceId listening) {
        return Deadline.get(ports.of(listening), "listening for " + listening);
      }

      @Override
      public void close() {
        running.close();
      }
    };
  }

  /** Remembers where a source listens, and nothing that grows. */
  private static final class Ports implements TunnelObserver {
    private final Map<ServiceId, CompletableFuture<Integer>> ports = new ConcurrentHashMap<>();

    CompletableFuture<Integer> of(ServiceId service) {
      return ports.computeIfAbsent(service, any -> new CompletableFuture<>());
    }

    @Override
    public void listening(ServiceId service, LocalSockets.Address address) {
      of(service).complete(address.port());
    }
  }
}
