package io.iottunnel.engine;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Event;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.LocalClients;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The listeners of a source, one for each service; they outlive sessions. Confined to the loop. */
final class Listeners {

  private final LocalSockets sockets;
  private final Executor loop;
  private final TunnelObserver observer;
  private final BiConsumer<ServiceId, ByteStream> onClient;
  private final Consumer<Event> tell;
  private final Map<ServiceId, CompletableFuture<LocalListener>> listeners = new LinkedHashMap<>();
  private boolean paused;

  /**
   * @param onClient is told of each client, on the loop
   */
  Listeners(
      LocalSockets sockets,
      Executor loop,
      TunnelObserver observer,
      BiConsumer<ServiceId, ByteStream> onClient,
      Consumer<Event> tell) {
    this.sockets = sockets;
    this.loop = loop;
    this.observer = observer;
    this.onClient = onClient;
    this.tell = tell;
  }

  void listen(ServiceId service, Endpoint endpoint) {
    paused = false;
    CompletableFuture<LocalListener> listener = sockets.listen(endpoint, new Clients(service));
    listeners.put(service, listener);
    listener.whenComplete(
        (opened, failure) ->
            loop.execute(
                () -> {
                  if (failure == null) {
                    opened(service, listener);
                  } else if (listeners.remove(service, listener)) {
                    tell.accept(new Event.ListenFailed(service, Failures.asException(failure)));
                  }
                }));
  }

  /** Brings what a listener tells to the loop. */
  private final class Clients implements LocalClients {
    private final ServiceId service;

    Clients(ServiceId service) {
      this.service = service;
    }

    @Override
    public void accept(ByteStream client) {
      loop.execute(() -> onClient.accept(service, client));
    }

    @Override
    public void waiting(String reason) {
      loop.execute(
          () ->
              observer.warned(
                  "clients of "
                      + service
                      + " wait, as the system cannot give what another connection needs ("
                      + reason
                      + "); they are served as others end. If that is not enough, allow this"
                      + " process more open files"));
    }
  }

  private void opened(ServiceId service, CompletableFuture<LocalListener> listener) {
    LocalListener opened = listener.join();
    if (listeners.get(service) != listener) {
      opened.close();
      return;
    }
    observer.listening(service, opened.address());
    if (paused) {
      opened.pause();
    }
  }

  /** The endpoint itself, with the port that was chosen where any was asked for. */
  Endpoint inUse(ServiceId service, Endpoint asked) {
    return asked.match(
        new Endpoint.Cases<Endpoint>() {
          @Override
          public Endpoint tcp(Endpoint.Tcp tcp) {
            CompletableFuture<LocalListener> listener = listeners.get(service);
            return tcp.address().port() == 0 && listener != null && isOpen(listener)
                ? Endpoint.tcp(tcp.address().host(), listener.join().address().port())
                : tcp;
          }

          @Override
          public Endpoint unix(Endpoint.Unix unix) {
            return unix;
          }

          @Override
          public Endpoint stdio(Endpoint.Stdio stdio) {
            return stdio;
          }
        });
  }

  void pause() {
    paused = true;
    listeners.values().forEach(l -> ifOpen(l, LocalListener::pause));
  }

  void resume() {
    paused = false;
    listeners.values().forEach(l -> ifOpen(l, LocalListener::resume));
  }

  void close(ServiceId service) {
    CompletableFuture<LocalListener> listener = listeners.remove(service);
    if (listener != null) {
      ifOpen(listener, LocalListener::close);
    }
  }

  void closeAll() {
    listeners.values().forEach(l -> ifOpen(l, LocalListener::close));
    listeners.clear();
  }

  private static void ifOpen(
      CompletableFuture<LocalListener> listener, Consumer<LocalListener> action) {
    if (isOpen(listener)) {
      action.accept(listener.join());
    }
  }

  private static boolean isOpen(CompletableFuture<LocalListener> listener) {
    return listener.isDone() && !listener.isCompletedExceptionally();
  }
}
