package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.TlsPeer;
import io.iottunnel.ports.WebProxyDialer;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Peer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/** The smallest dialer that passes {@link WebProxyDialerContract}: blocking, a thread a dial. */
final class SmallDialer implements WebProxyDialer {

  private static final ThreadFactory DAEMONS =
      work -> {
        Thread thread = new Thread(work, "small-actions");
        thread.setDaemon(true);
        return thread;
      };

  private final X509ExtendedTrustManager trust;
  private final StageLimits limits;
  private final UnaryOperator<String> edit;
  private final Executor actions =
      new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DAEMONS);

  SmallDialer(X509ExtendedTrustManager trust, StageLimits limits) {
    this(trust, limits, request -> request);
  }

  /**
   * @param edit changes the request before it is sent: for sabotage
   */
  SmallDialer(X509ExtendedTrustManager trust, StageLimits limits, UnaryOperator<String> edit) {
    this.trust = trust;
    this.limits = limits;
    this.edit = edit;
  }

  @Override
  public CompletableFuture<ByteStream> dial(
      WebProxy proxy, HostAndPort service, DialObserver observer) {
    CompletableFuture<Socket> opened = new CompletableFuture<>();
    CompletableFuture<ByteStream> result =
        Background.start(() -> open(proxy, service, observer, opened));
    var unusedToo =
        result.whenComplete(
            (stream, failure) -> {
              if (failure != null) {
                opened.cancel(true);
                var unused = opened.thenAccept(Peer::reset);
              }
            });
    return result;
  }

  private ByteStream open(
      WebProxy proxy, HostAndPort service, DialObserver observer, CompletableFuture<Socket> opened)
      throws IOException {
    Socket tcp = connect(proxy, observer);
    if (!opened.complete(tcp)) {
      Peer.reset(tcp);
    }
    Socket spoken = tcp;
    if (proxy.scheme() == WebProxy.Scheme.HTTPS) {
      tcp.setSoTimeout((int) limits.tls().toMillis());
      SSLSocket tls = SmallTls.over(tcp, proxy.address(), trust);
      observer.webProxySecured(TlsPeer.of(tls.getSession()));
      spoken = tls;
    }
    tcp.setSoTimeout((int) limits.answer().toMillis());
    InputStream in = new BufferedInputStream(spoken.getInputStream());
    new SmallConnectRequest(proxy, service, observer, edit).send(spoken.getOutputStream(), in);
    tcp.setSoTimeout(0);
    return new SmallPumpedStream(tcp, spoken, in, actions);
  }

  private Socket connect(WebProxy proxy, DialObserver observer) {
    StringBuilder reasons = new StringBuilder("web proxy " + proxy + " cannot be reached");
    try {
      for (InetAddress address : InetAddress.getAllByName(proxy.address().host())) {
        Socket tcp = new Socket();
        try {
          observer.resolved(address.getHostAddress());
          tcp.connect(
              new InetSocketAddress(address, proxy.address().port()),
              (int) limits.connect().toMillis());
          tcp.setTcpNoDelay(true);
          observer.connected();
          return tcp;
        } catch (IOException e) {
          Peer.reset(tcp);
          reasons.append("; ").append(address).append(": ").append(e.getMessage());
        }
      }
    } catch (UnknownHostException e) {
      reasons.append("; its name does not resolve");
    }
    throw new UnreachableException(reasons.toString());
  }
}
