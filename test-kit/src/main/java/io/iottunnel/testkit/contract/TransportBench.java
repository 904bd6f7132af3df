package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.TunnelTransport;
import io.iottunnel.ports.UpgradeRequest;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.websocket.Chop;
import io.iottunnel.testkit.websocket.RequestHead;
import io.iottunnel.testkit.websocket.ServerConnection;
import io.iottunnel.testkit.websocket.TlsListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;

/**
 * The transport under test, and services on loopback that do what a rule says. The rule's own
 * thread plays the service. Closes everything at the end of a test.
 */
public final class TransportBench implements AutoCloseable {

  static final String ACCESS_TOKEN = Secrets.token();
  static final String CLIENT_TOKEN = Secrets.token();
  static final String SUBPROTOCOL = "aws.iot.securetunneling-3.0";
  static final String TARGET = "/tunnel?local-proxy-mode=source";
  static final String CHANNEL_ID = "contract-channel";
  static final String NAME = "service.example.com";

  /** One authority for all tests: to make one takes time. */
  static final TestCa CA = TestCa.create();

  /** A transport's limit that must not be what ends a test, so longer than the tests' own. */
  private static final Duration UNREACHED = Deadline.LIMIT.multipliedBy(6);

  private static final SSLContext SERVER =
      CA.intermediate("Test Intermediate CA").leaf("localhost", NAME).serverContext();

  private final Factory factory;
  private final TunnelTransport transport;
  private final Resources open = new Resources();

  /** Makes transports. */
  interface Factory {
    TunnelTransport transport(SSLContext trust, Duration limit);
  }

  TransportBench(Factory factory) {
    this.factory = factory;
    this.transport = another(CA.clientContext(), UNREACHED);
  }

  /** The transport under test, which trusts {@link #CA}. */
  TunnelTransport transport() {
    return transport;
  }

  /** One more transport, which trusts this authority alone. */
  TunnelTransport transportThatTrusts(TestCa authority) {
    return another(authority.clientContext(), UNREACHED);
  }

  /** One more transport. */
  TunnelTransport another(SSLContext trust, Duration limit) {
    return closing(factory.transport(trust, limit));
  }

  /** TLS with a certificate for {@code localhost} and {@link #NAME}. */
  SSLContext serverTls() {
    return SERVER;
  }

  /** A service whose certificate is good for {@code localhost} and {@link #NAME}. */
  Service service() {
    return service(SERVER, Chop.NONE);
  }

  /** A service with another certificate, or one that cuts what it writes to TCP. */
  Service service(SSLContext tls, Chop writes) {
    return closing(new Service(tls, writes));
  }

  /** Starts to open a session with {@code service}. */
  Attempt open(Service service) {
    return open(transport, LoopbackStream.connect(service.port()), request(service.port()));
  }

  /** Starts to open a session over this way, which need not lead where the request says. */
  Attempt open(TunnelTransport by, ByteStream way, UpgradeRequest request) {
    AutoCloseable cut = way::abort;
    closing(cut);
    RecordingListener listener = new RecordingListener();
    return new Attempt(by.open(way, request, listener), listener);
  }

  /** What a local proxy asks for. */
  static UpgradeRequest request(int port) {
    return request(new HostAndPort("localhost", port));
  }

  static UpgradeRequest request(HostAndPort service) {
    return new UpgradeRequest(
        service,
        TARGET,
        SUBPROTOCOL,
        Map.of("access-token", ACCESS_TOKEN, "client-token", CLIENT_TOKEN));
  }

  /** A session that is up. */
  Opened session() throws IOException {
    return session(service());
  }

  /** A session with {@code service} that is up. */
  Opened session(Service service) throws IOException {
    Attempt attempt = open(service);
    ServerConnection peer = service.upgrade();
    return new Opened(attempt.succeed(), attempt.listener(), peer);
  }

  /** Closes {@code resource} at the end of the test. */
  <T extends AutoCloseable> T closing(T resource) {
    return open.closing(resource);
  }

  @Override
  public void close() {
    open.close();
  }

  /** An attempt to open a session. */
  record Attempt(CompletableFuture<TunnelSession> future, RecordingListener listener) {

    TunnelSession succeed() {
      return Deadline.get(future, "the session");
    }

    Throwable fail() {
      return Deadline.failure(future, "the session");
    }
  }

  /** A session that is up, what it told, and the service's side of it. */
  record Opened(TunnelSession session, RecordingListener listener, ServerConnection peer) {}

  /** A service that hands its connections to the test. */
  static final class Service implements AutoCloseable {

    private final BlockingQueue<ServerConnection> connections = new LinkedBlockingQueue<>();
    private final TlsListener listener;

    private volatile boolean hangsUp;

    private Service(SSLContext tls, Chop writes) {
      listener = new TlsListener("contract-service", tls, 0, writes, this::add);
    }

    private void add(ServerConnection connection) throws IOException {
      if (hangsUp) {
        connection.close();
      }
      connection.bufferSize(LoopbackStream.BUFFER);
      connection.readTimeout((int) Deadline.limit().toMillis());
      connections.add(connection);
    }

    int port() {
      return listener.port();
    }

    /** Ends every connection once TLS is up, where TLS should not come up. */
    Service hangingUp() {
      hangsUp = true;
      return this;
    }

    /** How many TCP connections have come. */
    int accepted() {
      return listener.accepted();
    }

    /** Whether no connection has got as far as TLS, but for those that were handed over. */
    boolean isIdle() {
      return connections.isEmpty();
    }

    /** The next connection, with TLS up. */
    ServerConnection connection() {
      return Deadline.next(connections, "a TLS connection to the service");
    }

    /** The next connection, upgraded. */
    ServerConnection upgrade() throws IOException {
      ServerConnection connection = connection();
      connection.write(accepting(connection.readRequest()));
      return connection;
    }

    @Override
    public void close() {
      listener.close();
    }
  }

  /** The 101 to a request. */
  static String accepting(RequestHead request) {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + ("Sec-WebSocket-Accept: " + request.accept() + "\r\n")
        + ("Sec-WebSocket-Protocol: " + SUBPROTOCOL + "\r\n")
        + ("channel-id: " + CHANNEL_ID + "\r\n\r\n");
  }
}
