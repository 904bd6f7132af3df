package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.Printable;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.TlsFailures;
import io.iottunnel.ports.TlsPeer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;

/**
 * TLS with the service over one way, by Jetty's {@link SslConnection}, and what goes wrong with it
 * in words. Confined to one {@link SerialExecutor}.
 */
final class ServiceTls {

  private static final int REASON_SHOWN = 200;

  private final ByteStream way;
  private final HostAndPort service;
  private final Executor serial;
  private final StreamEndPoint endPoint;
  private boolean up;

  /**
   * @param onClosed runs once, when the way has been closed
   */
  ServiceTls(ByteStream way, HostAndPort service, Executor serial, Runnable onClosed) {
    this.way = way;
    this.service = service;
    this.serial = serial;
    this.endPoint = new StreamEndPoint(way, serial, onClosed);
  }

  /**
   * Begins the handshake.
   *
   * @param above makes the connection that lies above TLS, from TLS's end point. When it opens, it
   *     must write, be it nothing: that sets the handshake going
   * @param secured is told when the handshake is over
   * @param failed is told when it fails
   */
  void begin(
      SSLEngine engine,
      ByteBufferPool pool,
      Function<EndPoint, Connection> above,
      Consumer<TlsPeer> secured,
      Consumer<Throwable> failed) {
    SslConnection ssl = new SslConnection(pool, serial, null, endPoint, engine);
    ssl.addHandshakeListener(
        new SslHandshakeListener() {
          @Override
          public void handshakeSucceeded(Event event) {
            up = true;
            secured.accept(TlsPeer.of(event.getSSLEngine().getSession()));
          }

          @Override
          public void handshakeFailed(Event event, Throwable failure) {
            failed.accept(failure);
          }
        });
    EndPoint secure = ssl.getSslEndPoint();
    secure.setConnection(above.apply(secure));
    endPoint.setConnection(ssl);
    endPoint.onOpen();
    ssl.onOpen();
  }

  /** TLS's end point: what is written there is encrypted. */
  EndPoint secure() {
    return ((SslConnection) endPoint.getConnection()).getSslEndPoint();
  }

  /** Why {@code cause} ended the attempt. */
  LocalProxyException explained(Throwable cause) {
    if (cause instanceof LocalProxyException already) {
      return already;
    }
    return TlsFailures.certificateNotTrusted(cause, "the service " + service)
        .<LocalProxyException>map(refusal -> refusal)
        .orElseGet(() -> broken(cause));
  }

  private LocalProxyException broken(Throwable cause) {
    Throwable first = endPoint.failure().<Throwable>map(io -> io).orElse(cause);
    return new UnreachableException(
        "The connection to the service "
            + service
            + (up ? " broke during the upgrade: " : " broke during the TLS handshake: ")
            + Printable.of(String.valueOf(first.getMessage()), REASON_SHOWN),
        cause);
  }

  /** Cuts the way because the service did not do {@code what} in time. */
  LocalProxyException overdue(String what, Duration limit) {
    way.abort();
    return new UnreachableException(
        "The service " + service + " did not " + what + " within " + limit.toSeconds() + " s.");
  }

  /** Closes the way, saying good-bye by TLS where that is possible. */
  void close() {
    Connection ssl = endPoint.getConnection();
    if (ssl != null) {
      ssl.close();
    }
    endPoint.close();
  }
}
