package io.iottunnel.testkit.webproxy;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.TestIdentity;
import io.iottunnel.testkit.secrets.Secrets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A web proxy on loopback that does to its clients, byte for byte, what a {@link Script} says, and
 * remembers what it saw. Without a script it works for everybody.
 *
 * <pre>{@code
 * try (ScriptedWebProxy proxy = ScriptedWebProxy.builder()
 *     .script(Script.basic(new Credentials("user", "secret")))
 *     .route("data.tunneling.iot.us-west-2.amazonaws.com:443", emulator.address())
 *     .start()) { … }
 * }</pre>
 *
 * <p>Where no route is given at all, the test itself is what the tunnels lead to: {@link
 * #tunnel()}.
 */
public final class ScriptedWebProxy implements AutoCloseable {

  private final Script script;
  private final Map<String, InetSocketAddress> routes;
  private final @Nullable SSLSocketFactory tls;
  private final boolean asksClients;
  private final ServerSocket listening;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Optional<String>> serverNames = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Peer> tunnels = new LinkedBlockingQueue<>();
  private final ConnectionCount connections = new ConnectionCount();

  private ScriptedWebProxy(Builder settings, ServerSocket listening) {
    this.script = settings.script;
    this.routes = Map.copyOf(settings.routes);
    this.tls = settings.tls;
    this.asksClients = settings.asksClients;
    this.listening = listening;
  }

  /** A web proxy that works, speaks plain HTTP, and listens on a free port of 127.0.0.1. */
  public static Builder builder() {
    return new Builder();
  }

  /** A web proxy that works, already started. */
  public static ScriptedWebProxy working() {
    return builder().start();
  }

  /** A web proxy that plays {@code script}, already started. */
  public static ScriptedWebProxy playing(Script script) {
    return builder().script(script).start();
  }

  /** What a web proxy is made of. */
  public static final class Builder {

    private Script script = Script.working();
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private final Map<String, InetSocketAddress> routes = new HashMap<>();
    private @Nullable SSLSocketFactory tls;
    private boolean asksClients;

    private Builder() {}

    /** What is done with every connection. */
    public Builder script(Script script) {
      this.script = script;
      return this;
    }

    /** Speaks TLS, and shows {@code identity}. */
    public Builder tls(TestIdentity identity) {
      tls = identity.serverContext().getSocketFactory();
      return this;
    }

    /** The same, and serves only those who show a certificate of {@code clients}. */
    public Builder mutualTls(TestIdentity identity, TestCa clients) {
      tls = identity.serverContext(clients.trustManager()).getSocketFactory();
      asksClients = true;
      return this;
    }

    /** Listens here instead. */
    public Builder address(InetSocketAddress address) {
      this.address = address;
      return this;
    }

    /**
     * Where a tunnel really leads to. Once there is a route, a target without one gets 502.
     *
     * @param authority {@code host:port} as CONNECT names it
     */
    public Builder route(String authority, InetSocketAddress target) {
      routes.put(authority, target);
      return this;
    }

    /** Starts to listen. */
    public ScriptedWebProxy start() {
      try {
        ServerSocket listening = new ServerSocket();
        listening.bind(address, 100);
        ScriptedWebProxy proxy = new ScriptedWebProxy(this, listening);
        proxy.run(proxy::acceptAll);
        return proxy;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The port. */
  public int port() {
    return listening.getLocalPort();
  }

  /** This web proxy by its address, without credentials. */
  public WebProxy url() {
    return url(listening.getInetAddress().getHostAddress());
  }

  /** This web proxy by a name that leads to its address, without credentials. */
  public WebProxy url(String host) {
    return new WebProxy(
        tls == null ? WebProxy.Scheme.HTTP : WebProxy.Scheme.HTTPS,
        new HostAndPort(host, port()),
        Optional.empty());
  }

  /** This web proxy by its address, with credentials. */
  public WebProxy url(Credentials credentials) {
    return new WebProxy(url().scheme(), url().address(), Optional.of(credentials));
  }

  /** The requests so far, in their order. */
  public List<ReceivedRequest> requests() {
    return List.copyOf(requests);
  }

  /** The values of every {@code Proxy-Authorization} so far. */
  public List<String> authorizations() {
    return requests.stream().flatMap(r -> r.values("Proxy-Authorization").stream()).toList();
  }

  /** The server name that each TLS handshake asked for (SNI), if it did. */
  public List<Optional<String>> serverNames() {
    return List.copyOf(serverNames);
  }

  /** How many connections there have been. */
  public int connections() {
    return connections.opened();
  }

  /** The far end of the next tunnel, where this web proxy has no routes. */
  public Peer tunnel() {
    return Deadline.next(tunnels, "a tunnel");
  }

  /** Waits until there have been {@code count} connections. */
  public void awaitConnections(int count) {
    connections.awaitOpened(count);
  }

  /** Waits until every client has gone, but those of the tunnels handed over. */
  public void awaitIdle() {
    connections.awaitIdle();
  }

  /** Ends every connection and every thread. */
  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(Peer::reset);
    for (Thread thread : threads) {
      Deadline.join(thread);
    }
  }

  void received(ReceivedRequest request) {
    for (String value : request.values("Proxy-Authorization")) {
      Secrets.watch(value.substring(value.indexOf(' ') + 1)); // behind the scheme
    }
    requests.add(request);
  }

  void handOver(Peer tunnel) {
    tunnels.add(tunnel);
  }

  boolean hasNoRoutes() {
    return routes.isEmpty();
  }

  /** Connects to the route of {@code authority}. */
  Socket connectTo(String authority) throws IOException {
    InetSocketAddress route = routes.get(authority);
    if (route == null) {
      throw new NoRouteToHostException(authority);
    }
    return track(new Socket(route.getAddress(), route.getPort()));
  }

  /** Runs {@code work} on a thread that {@link #close} waits for. */
  void run(Runnable work) {
    Thread thread = new Thread(work, "scripted-web-proxy");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void acceptAll() {
    while (!listening.isClosed()) {
      try {
        Socket tcp = track(listening.accept());
        connections.open();
        run(() -> serve(tcp));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** Remembers {@code tcp}, so that it does not outlive this web proxy. */
  private Socket track(Socket tcp) {
    open.add(tcp);
    if (listening.isClosed()) {
      Peer.reset(tcp);
    }
    return tcp;
  }

  private void serve(Socket tcp) {
    boolean handedOver = false;
    try {
      tcp.setTcpNoDelay(true);
      WebProxyClient client = new WebProxyClient(this, tcp, tls == null ? tcp : secure(tcp, tls));
      script.play(client);
      handedOver = client.isHandedOver();
      if (!handedOver) {
        client.finish();
      }
    } catch (IOException clientHasGone) {
      // Part of many a script. What the client makes of it is what the test looks at.
    } finally {
      if (!handedOver) {
        Peer.reset(tcp);
      }
      connections.close();
    }
  }

  private Socket secure(Socket tcp, SSLSocketFactory factory) throws IOException {
    SSLSocket secured = (SSLSocket) factory.createSocket(tcp, null, false);
    secured.setNeedClientAuth(asksClients);
    try {
      secured.startHandshake();
    } catch (IOException failed) {
      // The client may be about to read the alert: a close with unread input would destroy it.
      tcp.shutdownOutput();
      tcp.getInputStream().transferTo(OutputStream.nullOutputStream());
      throw failed;
    }
    serverNames.add(
        ((ExtendedSSLSession) secured.getSession())
            .getRequestedServerNames().stream()
                .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                .findFirst());
    return secured;
  }
}
