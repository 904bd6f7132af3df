package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.TlsPeer;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** One way to the service on which TLS is tried and nothing is asked for. */
final class Probing implements JettyTunnelTransport.Attempt {

  private final ByteStream way;
  private final HostAndPort service;
  private final SerialExecutor serial = new SerialExecutor(this::failed);
  private final Deadline deadline;
  private final ServiceTls tls;
  private final CompletableFuture<TlsPeer> future = new CompletableFuture<>();

  Probing(
      ByteStream way,
      HostAndPort service,
      ScheduledExecutorService timer,
      Consumer<JettyTunnelTransport.Attempt> onClosed) {
    this.way = way;
    this.service = service;
    this.deadline = new Deadline(timer, serial);
    this.tls = new ServiceTls(way, service, serial, () -> onClosed.accept(this));
  }

  /**
   * Begins.
   *
   * @return completes with who answered; cancelling it cuts the way
   */
  CompletableFuture<TlsPeer> start(SSLEngine engine, Duration limit) {
    future.exceptionally(
        failure -> {
          if (future.isCancelled()) {
            abort("it was given up");
          }
          return null;
        });
    serial.execute(() -> begin(engine, limit));
    return future;
  }

  private void begin(SSLEngine engine, Duration limit) {
    if (future.isDone()) {
      return; // given up before
    }
    deadline.set(limit, () -> fail(tls.overdue("finish the TLS handshake", limit)));
    tls.begin(
        engine,
        new ByteBufferPool.NonPooling(),
        secure -> new Quiet(secure, serial, this::failed),
        // Not at once: Jetty is in the middle of what it does with the last bytes.
        peer -> serial.execute(() -> succeed(peer)),
        this::failed);
  }

  private void succeed(TlsPeer peer) {
    future.complete(peer); // before what the end brings about can fail it
    end();
  }

  @Override
  public void abort(String reason) {
    way.abort();
    serial.execute(
        () ->
            fail(
                new UnreachableException(
                    "The connection to the service " + service + " ended: " + reason)));
  }

  private void failed(Throwable cause) {
    fail(tls.explained(cause));
  }

  private void fail(LocalProxyException reason) {
    end();
    future.completeExceptionally(reason);
  }

  private void end() {
    deadline.cancel();
    tls.close();
  }

  /** Has nothing to say, and drives the handshake by reading. */
  private static final class Quiet extends AbstractConnection {
    private final Consumer<Throwable> failed;

    Quiet(EndPoint endPoint, SerialExecutor serial, Consumer<Throwable> failed) {
      super(endPoint, serial);
      this.failed = failed;
    }

    @Override
    public void onOpen() {
      super.onOpen();
      getEndPoint().write(Callback.from(this::fillInterested, failed), BufferUtil.EMPTY_BUFFER);
    }

    @Override
    public void onFillable() {
      try {
        if (getEndPoint().fill(BufferUtil.EMPTY_BUFFER) < 0) {
          failed.accept(new EOFException("it was closed"));
        } else {
          fillInterested();
        }
      } catch (IOException e) {
        failed.accept(e);
      }
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
      failed.accept(cause);
    }
  }
}
