package io.iottunnel.adapters.nio;

import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.TlsClient;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** What lies beneath HTTP with a web proxy: TCP, and TLS where its scheme says so. */
final class WayToWebProxy {

  private final NioLoop loop;
  private final TcpDialer tcp;
  private final SSLContext tls;
  private final DialLimits limits;
  private final WebProxy proxy;
  private final DialObserver observer;
  private final WebProxyTrouble trouble;

  WayToWebProxy(
      NioLoop loop,
      TcpDialer tcp,
      SSLContext tls,
      DialLimits limits,
      WebProxy proxy,
      DialObserver observer) {
    this.loop = loop;
    this.tcp = tcp;
    this.tls = tls;
    this.limits = limits;
    this.proxy = proxy;
    this.observer = observer;
    this.trouble = new WebProxyTrouble(proxy);
  }

  /**
   * Connects, to be called on the loop.
   *
   * @param holding is told, at each stage, what to do to give it up
   * @return completes on the loop; fails with what to tell the user
   */
  CompletableFuture<ByteStream> open(Consumer<Runnable> holding) {
    CompletableFuture<ByteStream> way = new CompletableFuture<>();
    CompletableFuture<NioStream> connecting =
        tcp.dial(
            proxy.address(),
            loop.scope(),
            observer,
            trouble.hop(),
            "is its address right, and does this network lead there?");
    holding.accept(() -> connecting.cancel(false));
    var unused =
        connecting.whenComplete(
            (stream, failure) -> {
              if (failure != null) {
                way.completeExceptionally(failure);
              } else if (proxy.scheme() == WebProxy.Scheme.HTTPS) {
                secure(stream, way, holding);
              } else {
                way.complete(stream);
              }
            });
    return way;
  }

  private void secure(
      NioStream plain, CompletableFuture<ByteStream> way, Consumer<Runnable> holding) {
    CompletableFuture<TlsStream> securing =
        TlsHandshake.begin(loop, plain, TlsClient.engine(tls, proxy.address(), true));
    Stage stage =
        new Stage(
            loop,
            limits.tls(),
            () -> {
              way.completeExceptionally(trouble.tlsSilent(limits.tls()));
              securing.cancel(false);
            });
    holding.accept(() -> securing.cancel(false));
    var unused =
        securing.whenComplete(
            (stream, failure) -> {
              stage.end();
              if (failure != null) {
                way.completeExceptionally(trouble.tlsFailed(failure, stage.age()));
              } else {
                observer.webProxySecured(stream.peer());
                way.complete(stream);
              }
            });
  }
}
