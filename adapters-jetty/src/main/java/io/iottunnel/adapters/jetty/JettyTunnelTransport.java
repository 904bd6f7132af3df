package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.SessionListener;
import io.iottunnel.ports.TlsClient;
import io.iottunnel.ports.TlsPeer;
import io.iottunnel.ports.TlsProbe;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.TunnelTransport;
import io.iottunnel.ports.UpgradeRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.websocket.core.WebSocketComponents;

/**
 * The WebSocket to the service, on Jetty: its {@code SslConnection} on a {@link ByteStream}, its
 * HTTP generator and parser for the upgrade, and the core of its WebSocket ({@code
 * WebSocketConnection} and {@code WebSocketCoreSession}) above them.
 *
 * <p><b>Threads.</b> The thread that drives the stream runs all of it, TLS and framing, and calls
 * the listener: a byte crosses no hand-off on its way. The transport's one own thread keeps time
 * limits and sees no payload. What another thread asks of a session while that thread is at it is
 * done by that thread, right behind.
 *
 * <p><b>Why not Jetty's client.</b> {@code WebSocketCoreClient} and {@code WebSocketClient} upgrade
 * through Jetty's {@code HttpClient}, which dials: it starts selector threads and a thread pool,
 * pools connections by destination (here each way is used once, and a pooled one would be taken for
 * another attempt), retries, follows redirects and stores cookies unless told not to. What is left
 * of it here is one request and one answer. The core's frame handler asks for frames one by one and
 * leaves pings to us, which is what {@link TunnelSession} promises.
 */
public final class JettyTunnelTransport implements TunnelTransport, TlsProbe {

  private static final String CLOSED = "the transport was closed";

  private final SSLContext tls;
  private final boolean checkHostName;
  private final String userAgent;
  private final Limits limits;
  private final SecureRandom random = new SecureRandom();
  private final Set<Attempt> alive = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer;
  private final WebSocketComponents components;
  private volatile boolean closed;

  /**
   * How long each stage may take, and how large what the service sends may be.
   *
   * @param tls the TLS handshake
   * @param upgrade from the end of the handshake to the answer
   * @param close from a close frame, sent or received, to the end of the session
   * @param frame the largest frame that may arrive, in bytes of payload; a larger one ends the
   *     session
   * @param readBuffer how many bytes are read at once; with less than 32 KiB, TLS records are
   *     decrypted into a buffer of their own and copied
   */
  public record Limits(Duration tls, Duration upgrade, Duration close, int frame, int readBuffer) {

    /** As large as the port allows. */
    public Limits(Duration tls, Duration upgrade, Duration close) {
      this(tls, upgrade, close, TunnelSession.MAX_FRAME, TunnelSession.MAX_FRAME);
    }

    /** 10 s, 30 s and 2 s; frames of {@link TunnelSession#MAX_FRAME} bytes. */
    public static final Limits DEFAULT =
        new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(2));
  }

  /**
   * A transport that has no session yet.
   *
   * @param tls whom to trust
   * @param checkHostName whether the certificate must be for the service's name; false is what
   *     {@code --no-ssl-host-verify} asks for
   * @param userAgent the value of {@code User-Agent}, such as {@code localproxy/1.0}
   */
  public JettyTunnelTransport(
      SSLContext tls, boolean checkHostName, String userAgent, Limits limits) {
    this.tls = tls;
    this.checkHostName = checkHostName;
    this.userAgent = userAgent;
    this.limits = limits;
    this.timer = new ScheduledThreadPoolExecutor(1, JettyTunnelTransport::timerThread);
    timer.setRemoveOnCancelPolicy(true);
    // Extensions would use these; none is offered.
    this.components =
        new WebSocketComponents(
            null, null, new ByteBufferPool.NonPooling(), null, null, Runnable::run);
  }

  /** What is alive on one way. */
  interface Attempt {
    /** Cuts the way, whatever has become of it. */
    void abort(String reason);
  }

  @Override
  public CompletableFuture<TunnelSession> open(
      ByteStream way, UpgradeRequest request, SessionListener listener) {
    Opening opening =
        new Opening(
            way,
            request,
            listener,
            new WebSocketHandshake(request, userAgent, random),
            limits,
            components,
            timer,
            alive::remove);
    begin(opening);
    return opening.start(engine(request.service()));
  }

  @Override
  public CompletableFuture<TlsPeer> probe(ByteStream way, HostAndPort service) {
    Probing probing = new Probing(way, service, timer, alive::remove);
    begin(probing);
    return probing.start(engine(service), limits.tls());
  }

  private SSLEngine engine(HostAndPort service) {
    return TlsClient.engine(tls, service, checkHostName);
  }

  private void begin(Attempt attempt) {
    alive.add(attempt);
    if (closed) {
      attempt.abort(CLOSED);
    }
  }

  /** Cuts every session that is still open; whoever wants to part in order closes them before. */
  @Override
  public void close() {
    closed = true;
    alive.forEach(attempt -> attempt.abort(CLOSED));
    timer.shutdownNow();
  }

  private static Thread timerThread(Runnable task) {
    Thread thread = new Thread(task, "localproxy-jetty-timer");
    thread.setDaemon(true);
    return thread;
  }
}
