package io.iottunnel.adapters.jetty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.adapters.nio.DialLimits;
import io.iottunnel.adapters.nio.NioDirectDialer;
import io.iottunnel.adapters.nio.NioLoop;
import io.iottunnel.adapters.nio.NioWebProxyDialer;
import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.UpgradeRequest;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.TestCa;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS with the service and TLS with a web proxy are two pieces of code that owe the same. */
class TlsOfBothHopsTest {

  private static final TestCa CA = TestCa.create();
  private static final String HOST = "127.0.0.1";
  private static final Set<Integer> TLS_1_2_AND_1_3 = Set.of(0x0303, 0x0304);

  /** AES-GCM and ChaCha20-Poly1305: those of TLS 1.3, and those of TLS 1.2 with ECDHE. */
  private static final Set<Integer> STRONG_SUITES =
      Set.of(0x1301, 0x1302, 0x1303, 0xc02b, 0xc02c, 0xc02f, 0xc030, 0xcca8, 0xcca9);

  /** A server that knows TLS 1.1 at best; of the suites it picks one that is offered. */
  private static final byte[] HELLO_OF_TLS_1_1 =
      HexFormat.of().parseHex("160302002a" + "02000026" + "0302" + "5a".repeat(32) + "00c02f00");

  private static final byte[] ALERT_PROTOCOL_VERSION = {2, 70};

  private final NioLoop loop = new NioLoop();
  private final JettyTunnelTransport transport =
      new JettyTunnelTransport(
          CA.clientContext(), true, "localproxy/test", JettyTunnelTransport.Limits.DEFAULT);

  /** Who is at the other end of TLS. */
  enum Hop {
    SERVICE,
    WEB_PROXY
  }

  /** What a server does with the one connection that it gets. */
  private interface Script<T> {
    T run(Socket peer) throws Exception;
  }

  @AfterEach
  void close() {
    transport.close();
    loop.close();
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsOfferedButTls12AndTls13WithStrongSuites(Hop hop) throws Exception {
    try (ServerSocket server = listen()) {
      CompletableFuture<ClientHello> hello =
          serve(server, peer -> ClientHello.read(peer.getInputStream()));
      failureOf(begin(hop, server));
      ClientHello offered = Deadline.get(hello, "the client's hello");
      assertEquals(TLS_1_2_AND_1_3, offered.versions());
      Set<Integer> weak = new TreeSet<>(offered.suites());
      weak.removeAll(STRONG_SUITES);
      assertEquals(Set.of(), weak);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatAnswersInTls11IsRefusedAndTold(Hop hop) throws Exception {
    try (ServerSocket server = listen()) {
      CompletableFuture<byte[]> alert =
          serve(
              server,
              peer -> {
                ClientHello.read(peer.getInputStream());
                peer.getOutputStream().write(HELLO_OF_TLS_1_1);
                peer.getInputStream().skipNBytes(5);
                return peer.getInputStream().readNBytes(2);
              });
      assertInstanceOf(UnreachableException.class, failureOf(begin(hop, server)));
      assertArrayEquals(ALERT_PROTOCOL_VERSION, Deadline.get(alert, "an alert"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatAsksToNegotiateAnewIsNotFollowed(Hop hop) throws Exception {
    try (ServerSocket server = listen()) {
      CompletableFuture<Boolean> followed =
          serve(server, peer -> isFollowedToAnotherSession(secured(peer, HOST)));
      assertInstanceOf(UnreachableException.class, failureOf(begin(hop, server)));
      assertFalse(Deadline.get(followed, "the end of the connection"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerOfAnotherNameIsRefused(Hop hop) throws Exception {
    try (ServerSocket server = listen()) {
      CompletableFuture<Integer> told =
          serve(server, peer -> secured(peer, "other.example").getInputStream().read());
      assertInstanceOf(CertificateNotTrustedException.class, failureOf(begin(hop, server)));
      assertInstanceOf(SSLException.class, Deadline.failure(told, "the alert"));
    }
  }

  private CompletableFuture<?> begin(Hop hop, ServerSocket server) throws Exception {
    HostAndPort address = new HostAndPort(HOST, server.getLocalPort());
    if (hop == Hop.WEB_PROXY) {
      return new NioWebProxyDialer(
              loop,
              new JettyConnectDialog.Factory("localproxy/test"),
              CA.clientContext(),
              DialLimits.DEFAULT)
          .dial(
              new WebProxy(WebProxy.Scheme.HTTPS, address, Optional.empty()),
              new HostAndPort("service.example", 443),
              DialObserver.NONE);
    }
    return new NioDirectDialer(loop)
        .dial(address, DialObserver.NONE)
        .thenCompose(
            way ->
                transport.open(
                    way,
                    new UpgradeRequest(address, "/tunnel", "test", Map.of()),
                    new RecordingListener()));
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static <T> CompletableFuture<T> serve(ServerSocket server, Script<T> script) {
    return Background.start(
        () -> {
          try (Socket peer = server.accept()) {
            peer.setSoTimeout((int) Deadline.LIMIT.toMillis());
            return script.run(peer);
          }
        });
  }

  private static SSLSocket secured(Socket peer, String name) throws IOException {
    SSLContext context = CA.leaf(name).serverContext();
    SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(peer, null, false);
    tls.setEnabledProtocols(new String[] {"TLSv1.2"});
    tls.setUseClientMode(false);
    return tls;
  }

  /** Reads a part of the request, asks for another handshake, and reads on to the end. */
  private static boolean isFollowedToAnotherSession(SSLSocket tls) throws IOException {
    assertTrue(tls.getInputStream().read() > 0, "the beginning of a request");
    byte[] session = tls.getSession().getId();
    tls.getSession().invalidate();
    tls.startHandshake();
    try {
      tls.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException cut) {
      assertTrue(tls.isConnected(), cut.toString()); // as good as an end
    }
    return !Arrays.equals(session, tls.getSession().getId());
  }

  private static Throwable failureOf(CompletableFuture<?> future) {
    return Deadline.failure(future, "the end of an attempt");
  }
}
