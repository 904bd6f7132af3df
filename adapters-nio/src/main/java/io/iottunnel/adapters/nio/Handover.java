package io.iottunnel.adapters.nio;

import io.iottunnel.ports.ByteStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Hands a connection on from one future to another, so that cancelling reaches back. */
final class Handover {

  private Handover() {}

  /**
   * A future of what {@code wrap} makes of the stream. Cancelling it cancels {@code source}, or
   * aborts the stream that came too late.
   */
  static <S extends ByteStream, T> CompletableFuture<T> of(
      CompletableFuture<S> source, Function<? super S, ? extends T> wrap) {
    CompletableFuture<T> target = new CompletableFuture<>();
    var unused =
        source.whenComplete(
            (stream, failure) -> {
              if (failure != null) {
                target.completeExceptionally(failure);
              } else if (!target.complete(wrap.apply(stream))) {
                stream.abort();
              }
            });
    var unusedToo =
        target.whenComplete(
            (value, failure) -> {
              if (target.isCancelled()) {
                source.cancel(false);
              }
            });
    return target;
  }
}
