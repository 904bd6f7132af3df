package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.Printable;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.http.BadAnswerException;
import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.SessionListener;
import io.iottunnel.ports.TlsPeer;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.UpgradeRequest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.websocket.core.Behavior;
import org.eclipse.jetty.websocket.core.ExtensionStack;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;

/**
 * One way to the service on its way to become a session: TLS, then the upgrade, each within its
 * limit. Puts Jetty's connections on top of each other and takes the verdict of each.
 */
final class Opening implements JettyTunnelTransport.Attempt, UpgradeConnection.Asker {

  /** The largest buffer worth keeping: a frame of the largest size, rounded up to 4 KiB. */
  private static final int LARGEST_POOLED = 132 * 1024;

  private static final String GIVEN_UP = "it was given up";
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int REASON_SHOWN = 200;

  private final ByteStream way;
  private final HostAndPort service;
  private final SessionListener listener;
  private final WebSocketHandshake handshake;
  private final JettyTunnelTransport.Limits limits;
  private final WebSocketComponents components;
  private final SerialExecutor serial = new SerialExecutor(this::failed);
  private final Deadline deadline;
  private final ServiceTls tls;
  private final CompletableFuture<TunnelSession> future = new CompletableFuture<>();

  /**
   * Per session, so that a payload that the engine still holds when a session ends is never reused:
   * the pool goes when the last of its buffers goes.
   */
  private final ByteBufferPool pool = new ArrayByteBufferPool(0, -1, LARGEST_POOLED);

  private boolean failed;
  private @Nullable JettyTunnelSession session;

  Opening(
      ByteStream way,
      UpgradeRequest request,
      SessionListener listener,
      WebSocketHandshake handshake,
      JettyTunnelTransport.Limits limits,
      WebSocketComponents components,
      ScheduledExecutorService timer,
      Consumer<JettyTunnelTransport.Attempt> onClosed) {
    this.way = way;
    this.service = request.service();
    this.listener = listener;
    this.handshake = handshake;
    this.limits = limits;
    this.components = components;
    this.deadline = new Deadline(timer, serial);
    this.tls = new ServiceTls(way, service, serial, () -> onClosed.accept(this));
  }

  /**
   * Begins.
   *
   * @return completes with the session; cancelling it cuts the way
   */
  CompletableFuture<TunnelSession> start(SSLEngine engine) {
    future.exceptionally(
        failure -> {
          if (future.isCancelled()) {
            abort(GIVEN_UP);
          }
          return null;
        });
    serial.execute(() -> begin(engine));
    return future;
  }

  @Override
  public void abort(String reason) {
    way.abort();
    serial.execute(
        () -> {
          if (session == null) {
            fail(
                new UnreachableException(
                    "The connection to the service " + service + " ended: " + reason));
          } else {
            session.abort(reason);
          }
        });
  }

  private void begin(SSLEngine engine) {
    if (failed) {
      return; // given up before
    }
    deadline.set(limits.tls(), () -> fail(tls.overdue("finish the TLS handshake", limits.tls())));
    tls.begin(
        engine,
        pool,
        secure ->
            new UpgradeConnection(secure, serial, handshake.request(), handshake.secrets(), this),
        this::secured,
        this::failed);
  }

  private void secured(TlsPeer peer) {
    deadline.set(limits.upgrade(), () -> fail(tls.overdue("answer the upgrade", limits.upgrade())));
    listener.secured();
  }

  @Override
  public void answered(HttpAnswer answer) {
    if (answer.status() != SWITCHING_PROTOCOLS) {
      fail(UpgradeRefusal.of(service, answer, Instant.now()));
      return;
    }
    handshake
        .flawOf(answer)
        .ifPresentOrElse(
            flaw ->
                fail(
                    new UnreachableException(
                        "The service "
                            + service
                            + " answered the upgrade with 101, but "
                            + flaw
                            + ": something on the way, such as a web proxy that inspects TLS, does"
                            + " not pass WebSockets on.")),
            () -> open(answer));
  }

  private void open(HttpAnswer answer) {
    deadline.cancel();
    session =
        new JettyTunnelSession(
            way,
            serial,
            deadline,
            limits,
            listener,
            answer.value("channel-id"),
            answer.value(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL.asString()).orElse(""));
    ExtensionStack noExtensions = new ExtensionStack(components, Behavior.CLIENT);
    noExtensions.negotiate(List.of(), List.of());
    WebSocketCoreSession core = new WatchedCoreSession(session, noExtensions, components);
    core.setMaxFrameSize(limits.frame());
    core.setAutoFragment(false); // or Jetty would take larger frames, in pieces
    core.setInputBufferSize(limits.readBuffer());
    EndPoint secure = tls.secure();
    WebSocketConnection connection =
        new WebSocketConnection(secure, serial, null, pool, core); // its scheduler would be idle
    core.setWebSocketConnection(connection);
    secure.upgrade(connection);
    if (!future.complete(session)) {
      session.abort(GIVEN_UP);
    }
  }

  @Override
  public void failed(Throwable cause) {
    if (session == null) {
      fail(explained(cause));
    } else {
      session.abort("it failed: " + Printable.of(cause.toString(), REASON_SHOWN));
    }
  }

  private LocalProxyException explained(Throwable cause) {
    return cause instanceof BadAnswerException
        ? new UnreachableException(
            "What the service " + service + " answered to the upgrade " + cause.getMessage() + ".")
        : tls.explained(cause);
  }

  private void fail(LocalProxyException reason) {
    if (failed) {
      return; // what follows from the first failure is not news
    }
    failed = true;
    deadline.cancel();
    tls.close();
    future.completeExceptionally(reason);
  }
}
