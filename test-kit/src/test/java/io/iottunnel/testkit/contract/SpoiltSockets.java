package io.iottunnel.testkit.contract;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.ports.LocalClients;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.ports.LocalSockets.Connected;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;

/** The bench of a sabotage: the smallest honest adapter, of which a sabotage spoils one method. */
abstract class SpoiltSockets {

  private final LocalSocketsBench bench = new LocalSocketsBench(Spoilt::new);

  CompletableFuture<LocalListener> listen(
      LocalSockets honest, Endpoint endpoint, LocalClients onClient) {
    return honest.listen(endpoint, onClient);
  }

  /** The listener that is handed out for one at {@code endpoint}. */
  LocalListener listening(LocalListener honest, Endpoint endpoint) {
    return honest;
  }

  CompletableFuture<Connected> connect(LocalSockets honest, Endpoint endpoint) {
    return honest.connect(endpoint);
  }

  /** The connection that is handed out. */
  Connected connected(Connected honest) {
    return honest;
  }

  /** What is told of a connection that could not be made. */
  Throwable notConnected(Throwable honest) {
    return honest;
  }

  void close(LocalSockets honest) {
    honest.close();
  }

  public LocalSocketsBench bench() {
    return bench;
  }

  public void requireUnixSockets() {}

  @AfterEach
  void closeBench() {
    bench.close();
  }

  private final class Spoilt implements LocalSockets {
    private final LocalSockets honest = new SmallLocalSockets();

    @Override
    public CompletableFuture<LocalListener> listen(Endpoint endpoint, LocalClients onClient) {
      return SpoiltSockets.this
          .listen(honest, endpoint, onClient)
          .thenApply(listener -> listening(listener, endpoint));
    }

    /** Another outcome than {@code honest}'s; cancelling it gives up the honest one, too. */
    @Override
    public CompletableFuture<Connected> connect(Endpoint endpoint) {
      CompletableFuture<Connected> connecting = SpoiltSockets.this.connect(honest, endpoint);
      CompletableFuture<Connected> changed =
          connecting
              .exceptionallyCompose(
                  failure -> CompletableFuture.failedFuture(notConnected(failure)))
              .thenApply(SpoiltSockets.this::connected);
      var unusedToo =
          changed.whenComplete(
              (connected, failure) -> {
                if (changed.isCancelled() && !connecting.cancel(true)) {
                  var unused = connecting.thenAccept(late -> late.stream().close());
                }
              });
      return changed;
    }

    @Override
    public void close() {
      SpoiltSockets.this.close(honest);
    }
  }
}
