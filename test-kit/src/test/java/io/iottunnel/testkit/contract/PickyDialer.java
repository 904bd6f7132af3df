package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.WebProxyDialer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A dialer that does not take every answer that opens a tunnel. */
record PickyDialer(WebProxyDialer honest, Predicate<ConnectAnswer> takes)
    implements WebProxyDialer {

  @Override
  public CompletableFuture<ByteStream> dial(
      WebProxy proxy, HostAndPort service, DialObserver observer) {
    HopRecorder hops = new HopRecorder();
    return honest
        .dial(proxy, service, hops)
        .thenApply(
            stream -> {
              ConnectAnswer last = hops.answers().get(hops.answers().size() - 1);
              if (!takes.test(last)) {
                stream.abort();
                throw new WebProxyRefusedException("not that one", Retry.NEVER, last.status());
              }
              observer.connectAnswered(last);
              return stream;
            });
  }
}
