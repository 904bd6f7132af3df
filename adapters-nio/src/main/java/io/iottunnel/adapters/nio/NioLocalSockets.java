package io.iottunnel.adapters.nio;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.LocalClients;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** TCP and Unix domain sockets on a {@link NioLoop}. */
public final class NioLocalSockets implements LocalSockets {

  private final NioLoop loop;
  private final boolean ownsLoop;
  private final Scope scope = new Scope();
  private final Runnable end = scope::end;
  private final Resolver resolver;
  private final TcpDialer tcp;

  /** Local sockets on a loop of their own. */
  public NioLocalSockets() {
    this(new NioLoop(), true, DialLimits.DEFAULT, Optional.empty());
  }

  /**
   * Local sockets on a loop that others use too. {@link #close} leaves the loop running; whoever
   * made it closes it.
   *
   * @param from the local address, or a name of it, that connections to applications come from
   */
  public NioLocalSockets(NioLoop loop, DialLimits limits, Optional<String> from) {
    this(loop, false, limits, from);
  }

  private NioLocalSockets(
      NioLoop loop, boolean ownsLoop, DialLimits limits, Optional<String> from) {
    this.loop = loop;
    this.ownsLoop = ownsLoop;
    this.resolver = new Resolver(loop, limits.dns());
    this.tcp = TcpDialer.ofApplications(loop, limits, from);
    loop.scope().enter(end);
  }

  @Override
  public CompletableFuture<LocalListener> listen(Endpoint endpoint, LocalClients onClient) {
    return endpoint.match(
        new Endpoint.Cases<CompletableFuture<LocalListener>>() {
          @Override
          public CompletableFuture<LocalListener> tcp(Endpoint.Tcp tcp) {
            return listenTcp(tcp.address(), onClient);
          }

          @Override
          public CompletableFuture<LocalListener> unix(Endpoint.Unix unix) {
            return listenUnix(Path.of(unix.path()), onClient);
          }

          @Override
          public CompletableFuture<LocalListener> stdio(Endpoint.Stdio stdio) {
            return CompletableFuture.failedFuture(
                new ListenFailedException("cannot listen on " + stdio + " as on a socket"));
          }
        });
  }

  private CompletableFuture<LocalListener> listenTcp(HostAndPort wanted, LocalClients onClient) {
    CompletableFuture<LocalListener> result = scope.enter(new CompletableFuture<>());
    loop.execute(
        () -> {
          var unused =
              resolver
                  .resolve(wanted.host())
                  .whenComplete(
                      (addresses, failure) -> {
                        if (failure == null) {
                          bindTcp(wanted, addresses, onClient, result);
                        } else {
                          result.completeExceptionally(
                              new ListenFailedException(
                                  "cannot listen on "
                                      + wanted
                                      + ": "
                                      + Reason.of(failure)
                                      + "; give an address of this machine",
                                  failure));
                        }
                      });
        });
    return result;
  }

  private void bindTcp(
      HostAndPort wanted,
      List<InetAddress> addresses,
      LocalClients onClient,
      CompletableFuture<LocalListener> result) {
    try {
      openTcp(TcpBinding.bind(wanted, addresses), onClient, result);
    } catch (ListenFailedException e) {
      // A listener of ours that was closed a moment ago gives its port back when the selector has
      // turned; so it gets one more turn.
      loop.execute(
          () -> {
            try {
              openTcp(TcpBinding.bind(wanted, addresses), onClient, result);
            } catch (ListenFailedException last) {
              result.completeExceptionally(last);
            }
          });
    }
  }

  private void openTcp(
      ServerSocketChannel channel, LocalClients onClient, CompletableFuture<LocalListener> result) {
    InetSocketAddress bound = TcpBinding.addressOf(channel);
    open(
        channel,
        new Address(bound.getAddress().getHostAddress(), bound.getPort()),
        onClient,
        () -> {},
        result);
  }

  private CompletableFuture<LocalListener> listenUnix(Path path, LocalClients onClient) {
    CompletableFuture<LocalListener> result = scope.enter(new CompletableFuture<>());
    loop.execute(
        () -> {
          try {
            open(
                UnixBinding.bind(path),
                new Address(path.toString(), 0),
                onClient,
                () -> UnixBinding.delete(path),
                result);
          } catch (ListenFailedException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private void open(
      ServerSocketChannel channel,
      Address address,
      LocalClients onClient,
      Runnable afterClose,
      CompletableFuture<LocalListener> result) {
    NioListener listener = NioListener.on(loop, channel, address, onClient, scope, afterClose);
    listener.resume(); // first: whoever is told may pause it
    if (!result.complete(listener)) {
      listener.close(); // cancelled, or everything was closed meanwhile
    }
  }

  @Override
  public CompletableFuture<Connected> connect(Endpoint endpoint) {
    return endpoint.match(
        new Endpoint.Cases<CompletableFuture<Connected>>() {
          @Override
          public CompletableFuture<Connected> tcp(Endpoint.Tcp tcp) {
            return connectTcp(tcp.address());
          }

          @Override
          public CompletableFuture<Connected> unix(Endpoint.Unix unix) {
            return connectUnix(Path.of(unix.path()));
          }

          @Override
          public CompletableFuture<Connected> stdio(Endpoint.Stdio stdio) {
            return CompletableFuture.failedFuture(
                new UnreachableException("cannot connect to " + stdio + " as to a socket"));
          }
        });
  }

  private CompletableFuture<Connected> connectTcp(HostAndPort target) {
    LastTried tried = new LastTried();
    return Handover.of(
        tcp.dial(target, scope, tried, target.toString(), "is the application running there?"),
        stream -> new Connected(stream, new Address(tried.ip, target.port())));
  }

  private CompletableFuture<Connected> connectUnix(Path path) {
    CompletableFuture<NioStream> result = scope.enter(new CompletableFuture<>());
    loop.execute(() -> connectUnix(path, result));
    return Handover.of(result, stream -> new Connected(stream, new Address(path.toString(), 0)));
  }

  private void connectUnix(Path path, CompletableFuture<NioStream> result) {
    try {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.configureBlocking(false);
        if (!channel.connect(UnixDomainSocketAddress.of(path))) {
          // Unlike TCP, it never tells when there is room again: the caller tries again later.
          throw new IOException("as many clients wait there as the system allows");
        }
      } catch (IOException | RuntimeException e) {
        Quietly.close(channel);
        throw e;
      }
      NioStream stream = new NioStream(loop, channel, scope);
      if (!result.complete(stream)) {
        stream.abort();
      }
    } catch (IOException | UnsupportedOperationException e) {
      result.completeExceptionally(
          new UnreachableException(
              "cannot connect to "
                  + path
                  + ": "
                  + Reason.of(e)
                  + "; is the application running there, and may this user write to the socket?",
              e));
    }
  }

  @Override
  public void close() {
    scope.end();
    if (ownsLoop) {
      loop.close();
    } else {
      loop.scope().leave(end);
      loop.settle();
    }
  }

  /** Remembers which address was tried last: the one that answered. */
  private static final class LastTried implements DialObserver {
    private volatile String ip = "";

    @Override
    public void resolved(String ip) {
      this.ip = ip;
    }
  }
}
