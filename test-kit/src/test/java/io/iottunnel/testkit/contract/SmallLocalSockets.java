package io.iottunnel.testkit.contract;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.LocalClients;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The smallest adapter that passes {@link LocalSocketsContract}: what the sabotages start from. */
final class SmallLocalSockets implements LocalSockets {

  private final SmallLoop loop = new SmallLoop();
  private final Set<SmallListener> listeners = ConcurrentHashMap.newKeySet();

  @Override
  public CompletableFuture<LocalListener> listen(Endpoint endpoint, LocalClients onClient) {
    CompletableFuture<LocalListener> result = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            loop.flushNow();
            SmallListener listener =
                SmallListener.bind(loop, addresses(endpoint).remove(), onClient, listeners::remove);
            listeners.add(listener);
            result.complete(listener);
          } catch (IOException e) {
            result.completeExceptionally(
                new ListenFailedException("cannot listen at " + endpoint + ": " + e, e));
          }
        });
    return result;
  }

  @Override
  public CompletableFuture<Connected> connect(Endpoint endpoint) {
    CompletableFuture<Connected> result = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            new SmallConnect(loop, endpoint.toString(), addresses(endpoint), result).next();
          } catch (IOException e) {
            result.completeExceptionally(
                new UnreachableException("cannot connect to " + endpoint + ": " + e, e));
          }
        });
    return result;
  }

  @Override
  public void close() {
    Set.copyOf(listeners).forEach(LocalListener::close);
    loop.stop();
  }

  private static Queue<SocketAddress> addresses(Endpoint endpoint) throws UnknownHostException {
    Queue<SocketAddress> addresses = new ArrayDeque<>();
    HostAndPort tcp =
        endpoint.match(
            new Endpoint.Cases<HostAndPort>() {
              @Override
              public HostAndPort tcp(Endpoint.Tcp tcp) {
                return tcp.address();
              }

              @Override
              public HostAndPort unix(Endpoint.Unix unix) {
                addresses.add(UnixDomainSocketAddress.of(unix.path()));
                return null;
              }

              @Override
              public HostAndPort stdio(Endpoint.Stdio stdio) {
                throw new IllegalArgumentException("not of this small adapter: " + stdio);
              }
            });
    if (tcp != null) {
      for (InetAddress each : InetAddress.getAllByName(tcp.host())) {
        addresses.add(new InetSocketAddress(each, tcp.port()));
      }
    }
    return addresses;
  }
}
