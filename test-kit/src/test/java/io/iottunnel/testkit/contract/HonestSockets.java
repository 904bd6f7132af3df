package io.iottunnel.testkit.contract;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Passes everything on to an adapter that keeps its promises; a sabotage overrides one method. */
class HonestSockets implements LocalSockets {

  final LocalSockets honest;

  HonestSockets(LocalSockets honest) {
    this.honest = honest;
  }

  @Override
  public CompletableFuture<LocalListener> listen(Endpoint endpoint, Consumer<ByteStream> onClient) {
    return honest.listen(endpoint, onClient);
  }

  @Override
  public CompletableFuture<Connected> connect(Endpoint endpoint) {
    return honest.connect(endpoint);
  }

  @Override
  public void close() {
    honest.close();
  }

  /** Another outcome than {@code honest}'s; cancelling it gives up the honest one, too. */
  static CompletableFuture<Connected> changed(
      CompletableFuture<Connected> honest, UnaryOperator<CompletableFuture<Connected>> change) {
    CompletableFuture<Connected> changed = change.apply(honest);
    var unusedToo =
        changed.whenComplete(
            (connected, failure) -> {
              if (changed.isCancelled() && !honest.cancel(true)) {
                var unused = honest.thenAccept(late -> late.stream().close());
              }
            });
    return changed;
  }
}
