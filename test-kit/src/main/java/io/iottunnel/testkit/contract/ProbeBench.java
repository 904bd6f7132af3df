package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.ports.TlsPeer;
import io.iottunnel.ports.TlsProbe;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.TestIdentity;
import io.iottunnel.testkit.websocket.Chop;
import io.iottunnel.testkit.websocket.ServerConnection;
import io.iottunnel.testkit.websocket.TlsListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;

/** The probe under test, and services on loopback that speak TLS. */
public final class ProbeBench implements AutoCloseable {

  /** A limit that must not be what ends a probe. */
  static final Duration UNREACHED = Deadline.LIMIT.multipliedBy(6);

  /** One for all tests: to make keys takes time. */
  static final TestCa CA = TestCa.create();

  static final TestIdentity LOCALHOST = CA.intermediate("Between").leaf("localhost");

  private final Factory factory;
  private final Resources resources = new Resources();

  /** Makes the probe under test. */
  interface Factory {
    TlsProbe probe(SSLContext trust, Duration limit);
  }

  ProbeBench(Factory factory) {
    this.factory = factory;
  }

  /** A service that shows this certificate. */
  Service service(TestIdentity identity) {
    return resources.closing(new Service(identity.serverContext()));
  }

  /** Begins to probe what listens at {@code port}, as {@code localhost}. */
  CompletableFuture<TlsPeer> probe(int port, Duration limit) {
    LoopbackStream way = LoopbackStream.connect(port);
    resources.closing(way::abort);
    return factory.probe(CA.clientContext(), limit).probe(way, new HostAndPort("localhost", port));
  }

  /** Closes {@code resource} at the end of the test. */
  <T extends AutoCloseable> T closing(T resource) {
    return resources.closing(resource);
  }

  @Override
  public void close() {
    resources.close();
  }

  /** A service that hands its connections to the test. */
  static final class Service implements AutoCloseable {

    private final BlockingQueue<ServerConnection> connections = new LinkedBlockingQueue<>();
    private final TlsListener listener;

    private Service(SSLContext tls) {
      listener = new TlsListener("contract-probed", tls, 0, Chop.NONE, this::add);
    }

    private void add(ServerConnection connection) throws IOException {
      connection.readTimeout((int) Deadline.LIMIT.toMillis());
      connections.add(connection);
    }

    int port() {
      return listener.port();
    }

    /** The next connection, with TLS up. */
    ServerConnection connection() {
      return Deadline.next(connections, "a TLS connection to the service");
    }

    @Override
    public void close() {
      listener.close();
    }
  }
}
