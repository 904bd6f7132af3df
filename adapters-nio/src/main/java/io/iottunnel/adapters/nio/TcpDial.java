package io.iottunnel.adapters.nio;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.DialObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One attempt to reach a target: its addresses, one after the other. Lives on the loop. */
final class TcpDial {

  private final NioLoop loop;
  private final Resolver resolver;
  private final Duration connectLimit;
  private final OptionalInt buffers;
  private final HostAndPort target;
  private final Scope scope;
  private final DialObserver observer;
  private final String what;
  private final String remedy;
  private final CompletableFuture<NioStream> result;
  private final StringJoiner failures = new StringJoiner("; ");

  private List<InetAddress> addresses = List.of();
  private List<InetAddress> localAddresses = List.of();
  private int next;
  private volatile @Nullable SocketChannel connecting;

  /**
   * @param buffers how many bytes the system may hold in each direction, where that is not left to
   *     itself
   */
  TcpDial(
      NioLoop loop,
      DialLimits limits,
      OptionalInt buffers,
      HostAndPort target,
      Scope scope,
      DialObserver observer,
      String what,
      String remedy) {
    this.loop = loop;
    this.resolver = new Resolver(loop, limits.dns());
    this.connectLimit = limits.connect();
    this.buffers = buffers;
    this.target = target;
    this.scope = scope;
    this.observer = observer;
    this.what = what;
    this.remedy = remedy;
    this.result = scope.enter(new CompletableFuture<>());
    var unused = result.whenComplete((stream, failure) -> closeIfCancelled());
  }

  CompletableFuture<NioStream> result() {
    return result;
  }

  void resolve(Optional<String> from) {
    var unused =
        resolver
            .resolve(target.host())
            .whenComplete(
                (found, failure) -> {
                  if (failure != null) {
                    fail("cannot find the address of " + what + ": " + failure.getMessage());
                  } else {
                    addresses = found;
                    from.ifPresentOrElse(this::resolveLocal, this::connectNext);
                  }
                });
  }

  private void resolveLocal(String from) {
    var unused =
        resolver
            .resolve(from)
            .whenComplete(
                (found, failure) -> {
                  if (failure != null) {
                    fail("cannot connect from " + from + ": " + failure.getMessage());
                  } else {
                    localAddresses = found;
                    connectNext();
                  }
                });
  }

  private void connectNext() {
    if (next == addresses.size()) {
      fail("cannot connect to " + what + ": " + failures);
      return;
    }
    InetAddress address = addresses.get(next++);
    observer.resolved(address.getHostAddress());
    try {
      SocketChannel channel = SocketChannel.open();
      connecting = channel;
      if (result.isDone()) {
        channel.close(); // cancelled before the channel could be seen
        return;
      }
      connect(channel, address);
    } catch (IOException | UnsupportedAddressTypeException e) {
      failed(address, Reason.of(e));
    }
  }

  private void connect(SocketChannel channel, InetAddress address) throws IOException {
    channel.configureBlocking(false);
    if (buffers.isPresent()) {
      // Before connecting: the window's scale is agreed on with the first packet.
      channel.setOption(StandardSocketOptions.SO_SNDBUF, buffers.getAsInt());
      channel.setOption(StandardSocketOptions.SO_RCVBUF, buffers.getAsInt());
    }
    if (!localAddresses.isEmpty()) {
      channel.bind(new InetSocketAddress(localAddressFor(address), 0));
    }
    if (channel.connect(new InetSocketAddress(address, target.port()))) {
      connected(channel);
      return;
    }
    Timers.Timer timer =
        loop.after(
            connectLimit, () -> failed(address, "no answer in " + DialLimits.words(connectLimit)));
    SelectionKey key =
        loop.register(
            channel,
            ops -> {
              if (isDecided(channel, address)) {
                timer.cancel();
              }
            });
    loop.await(key, SelectionKey.OP_CONNECT);
  }

  private InetAddress localAddressFor(InetAddress remote) throws IOException {
    return localAddresses.stream()
        .filter(local -> local.getClass() == remote.getClass())
        .findFirst()
        .orElseThrow(
            () ->
                new SocketException(
                    localAddresses.get(0).getHostAddress()
                        + ", from which to connect, is of the other IP version"));
  }

  private boolean isDecided(SocketChannel channel, InetAddress address) {
    try {
      boolean up = channel.finishConnect();
      if (up) {
        connected(channel);
      }
      return up;
    } catch (IOException e) {
      failed(address, Reason.of(e));
      return true;
    }
  }

  private void connected(SocketChannel channel) throws IOException {
    NioStream stream = new NioStream(loop, channel, scope);
    connecting = null;
    observer.connected();
    if (!result.complete(stream)) {
      stream.abort();
    }
  }

  private void failed(InetAddress address, String reason) {
    if (result.isDone()) {
      return;
    }
    closeConnecting();
    String ip = address.getHostAddress();
    failures.add(ip.equals(target.host()) ? reason : ip + ": " + reason);
    connectNext();
  }

  private void fail(String problem) {
    result.completeExceptionally(new UnreachableException(problem + "; " + remedy));
  }

  private void closeIfCancelled() {
    if (result.isCancelled()) {
      closeConnecting();
    }
  }

  private void closeConnecting() {
    SocketChannel channel = connecting;
    if (channel != null) {
      Quietly.close(channel);
      loop.wakeup();
    }
  }
}
