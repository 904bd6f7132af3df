package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.NegotiateException;
import io.iottunnel.ports.NegotiateTokens;
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
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocket;

/** The smallest dialer that passes {@link WebProxyDialerContract}: blocking, a thread a dial. */
final class SmallDialer implements WebProxyDialer {

  static final ThreadFactory DAEMONS =
      work -> {
        Thread thread = new Thread(work, "small-actions");
        thread.setDaemon(true);
        return thread;
      };

  private final DialerSettings settings;
  private final StageLimits limits;
  private final SmallHooks hooks;
  private final Set<HostAndPort> withoutBasic = ConcurrentHashMap.newKeySet();
  private final Executor actions =
      new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DAEMONS);

  SmallDialer(DialerSettings settings) {
    this(settings, SmallHooks.NONE);
  }

  SmallDialer(DialerSettings settings, UnaryOperator<String> request) {
    this(settings, SmallHooks.NONE.request(request));
  }

  SmallDialer(DialerSettings settings, SmallHooks hooks) {
    this.settings = settings;
    this.limits = settings.limits();
    this.hooks = hooks;
  }

  @Override
  public CompletableFuture<ByteStream> dial(
      WebProxy proxy, HostAndPort service, DialObserver observer) {
    SmallLifeline lifeline = new SmallLifeline();
    CompletableFuture<ByteStream> result =
        Background.start(() -> open(proxy, service, observer, lifeline));
    var unused =
        result.whenComplete(
            (stream, failure) -> {
              if (failure != null) {
                lifeline.cut();
              }
            });
    return result;
  }

  private ByteStream open(
      WebProxy proxy, HostAndPort service, DialObserver observer, SmallLifeline lifeline)
      throws IOException {
    SmallLogin login =
        hooks
            .logins()
            .apply(new SmallLogin.Setting(proxy, service.toString(), this::begin, withoutBasic));
    try {
      SmallConnectRequest request =
          new SmallConnectRequest(proxy, service, observer, hooks.request(), login);
      String next = login.first().orElse("");
      while (true) {
        Socket tcp = connect(proxy, observer);
        lifeline.hold(tcp);
        Socket spoken = tcp;
        if (proxy.scheme() == WebProxy.Scheme.HTTPS) {
          tcp.setSoTimeout((int) limits.tls().toMillis());
          SSLSocket secured = SmallTls.over(tcp, proxy.address(), settings);
          observer.webProxySecured(TlsPeer.of(secured.getSession()));
          spoken = secured;
        }
        tcp.setSoTimeout(0);
        InputStream in = new BufferedInputStream(hooks.received().apply(spoken.getInputStream()));
        CompletableFuture<Void> overdue = cutAfter(limits.answer(), tcp);
        Optional<String> again = request.send(next, spoken.getOutputStream(), in);
        overdue.cancel(false);
        if (again.isEmpty()) {
          return new SmallPumpedStream(tcp, spoken, in, actions);
        }
        Peer.reset(tcp);
        next = again.get();
      }
    } finally {
      login.close();
    }
  }

  private static CompletableFuture<Void> cutAfter(Duration limit, Socket tcp) {
    return CompletableFuture.runAsync(
        () -> Peer.reset(tcp),
        CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Waits for a token, but not for ever. */
  private NegotiateTokens.Exchange begin(String host) throws NegotiateException {
    try {
      return Background.start(() -> settings.tokens().begin(host))
          .get(limits.token().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new NegotiateException(e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new UnreachableException("no token for " + host + " in " + limits.token());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
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
