package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.WebProxyDialer;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Passes everything on to a dialer that keeps its promises; a sabotage overrides one method. */
class HonestDialer implements WebProxyDialer {

  private final WebProxyDialer honest;

  HonestDialer(WebProxyDialer honest) {
    this.honest = honest;
  }

  @Override
  public CompletableFuture<ByteStream> dial(
      WebProxy proxy, HostAndPort service, DialObserver observer) {
    return honest.dial(proxy, service, observer);
  }

  /** A dialer whose failures become others; nothing else changes. */
  static WebProxyDialer failing(
      WebProxyDialer honest, Function<LocalProxyException, LocalProxyException> change) {
    return new HonestDialer(honest) {
      @Override
      public CompletableFuture<ByteStream> dial(
          WebProxy proxy, HostAndPort service, DialObserver observer) {
        CompletableFuture<ByteStream> dialed = super.dial(proxy, service, observer);
        CompletableFuture<ByteStream> changed =
            dialed.exceptionallyCompose(
                failure ->
                    CompletableFuture.failedFuture(
                        failure instanceof LocalProxyException honestFailure
                            ? change.apply(honestFailure)
                            : failure));
        var unused = changed.whenComplete((stream, failure) -> dialed.cancel(true));
        return changed;
      }
    };
  }

  /** A dialer that dials once more by itself after failures that are worth it. */
  static WebProxyDialer dialingTwice(
      WebProxyDialer honest, BiPredicate<WebProxy, LocalProxyException> worthIt) {
    return new HonestDialer(honest) {
      @Override
      public CompletableFuture<ByteStream> dial(
          WebProxy proxy, HostAndPort service, DialObserver observer) {
        return super.dial(proxy, service, observer)
            .exceptionallyCompose(
                failure ->
                    failure instanceof LocalProxyException honestFailure
                            && worthIt.test(proxy, honestFailure)
                        ? super.dial(proxy, service, observer)
                        : CompletableFuture.failedFuture(failure));
      }
    };
  }
}
