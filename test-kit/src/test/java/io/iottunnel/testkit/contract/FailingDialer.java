package io.iottunnel.testkit.contract;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.WebProxyDialer;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Dialers that fail in another way than honest ones. */
final class FailingDialer {

  private FailingDialer() {}

  /** A dialer whose failures become others; nothing else changes. */
  static WebProxyDialer of(
      WebProxyDialer honest, Function<LocalProxyException, LocalProxyException> change) {
    return (proxy, service, observer) -> {
      CompletableFuture<ByteStream> dialed = honest.dial(proxy, service, observer);
      CompletableFuture<ByteStream> changed =
          dialed.exceptionallyCompose(
              failure ->
                  CompletableFuture.failedFuture(
                      failure instanceof LocalProxyException honestFailure
                          ? change.apply(honestFailure)
                          : failure));
      var unused = changed.whenComplete((stream, failure) -> dialed.cancel(true));
      return changed;
    };
  }

  /** A dialer that says the same in other words. */
  static WebProxyDialer saying(WebProxyDialer honest, UnaryOperator<String> edit) {
    return of(
        honest,
        failure -> {
          String message = edit.apply(failure.getMessage());
          return failure instanceof WebProxyRefusedException refused
              ? new WebProxyRefusedException(
                  message, refused.retry(), refused.status(), refused.retryAfter())
              : failure instanceof CertificateNotTrustedException
                  ? new CertificateNotTrustedException(message, failure.retry(), failure)
                  : failure instanceof UnreachableException
                      ? new UnreachableException(message)
                      : failure;
        });
  }

  /** A dialer that dials once more by itself after failures that are worth it. */
  static WebProxyDialer dialingTwice(
      WebProxyDialer honest, BiPredicate<WebProxy, LocalProxyException> worthIt) {
    return (proxy, service, observer) ->
        honest
            .dial(proxy, service, observer)
            .exceptionallyCompose(
                failure ->
                    failure instanceof LocalProxyException honestFailure
                            && worthIt.test(proxy, honestFailure)
                        ? honest.dial(proxy, service, observer)
                        : CompletableFuture.failedFuture(failure));
  }

  /** The status with which a web proxy refused; 0 where it did not. */
  static int status(Throwable failure) {
    return failure instanceof WebProxyRefusedException refused ? refused.status() : 0;
  }
}
