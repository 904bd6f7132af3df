package io.iottunnel.engine;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Event;
import io.iottunnel.domain.tunnel.LocalId;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.LocalSockets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The local sides of all connections, by their ids. Confined to the loop. */
final class LocalLines {

  private final LocalSockets sockets;
  private final Executor loop;
  private final TunnelObserver observer;
  private final Consumer<Event> tell;
  private final ReadBuffers buffers;
  private final Map<LocalId, LocalLine> lines = new HashMap<>();
  private long lastAccepted;

  LocalLines(
      LocalSockets sockets,
      Executor loop,
      TunnelObserver observer,
      ReadBuffers buffers,
      Consumer<Event> tell) {
    this.sockets = sockets;
    this.loop = loop;
    this.observer = observer;
    this.buffers = buffers;
    this.tell = tell;
  }

  /** A client of a source. */
  void accepted(ServiceId service, ByteStream client) {
    LocalId id = new LocalId(++lastAccepted);
    open(id).connected(client);
    tell.accept(new Event.ClientAccepted(id, service));
  }

  /** Connects to an application of a destination, once more if the same id was tried before. */
  void connect(LocalId id, ServiceId service, Endpoint endpoint) {
    LocalLine line = lines.containsKey(id) ? lines.get(id) : open(id);
    CompletableFuture<LocalSockets.Connected> attempt = sockets.connect(endpoint);
    line.connecting(attempt);
    attempt.whenComplete(
        (connected, failure) ->
            loop.execute(
                () -> {
                  if (failure != null) {
                    failed(id, failure);
                  } else if (lines.get(id) == line) {
                    observer.applicationConnected(service, connected.remote());
                    tell.accept(new Event.LocalConnected(id));
                    line.connected(connected.stream());
                  } else {
                    connected.stream().abort();
                  }
                }));
  }

  private void failed(LocalId id, Throwable failure) {
    if (lines.containsKey(id)) {
      LocalProxyException reason = Failures.asException(failure);
      tell.accept(new Event.LocalConnectFailed(id, reason.getMessage()));
    }
  }

  private LocalLine open(LocalId id) {
    LocalLine line = new LocalLine(id, loop, buffers, tell);
    lines.put(id, line);
    return line;
  }

  Optional<LocalLine> line(LocalId id) {
    return Optional.ofNullable(lines.get(id));
  }

  void close(LocalId id) {
    Optional.ofNullable(lines.remove(id)).ifPresent(LocalLine::close);
  }

  void abort(LocalId id) {
    Optional.ofNullable(lines.remove(id)).ifPresent(LocalLine::abort);
  }

  void abortAll() {
    List.copyOf(lines.keySet()).forEach(this::abort);
  }
}
