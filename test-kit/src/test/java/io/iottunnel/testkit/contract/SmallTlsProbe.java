package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.TlsFailures;
import io.iottunnel.ports.TlsPeer;
import io.iottunnel.ports.TlsProbe;
import io.iottunnel.testkit.Background;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The smallest probe that passes {@link TlsProbeContract}: blocking; open to sabotage. */
final class SmallTlsProbe implements TlsProbe {

  private final SSLContext trust;
  private final Duration limit;
  private final Ways ways;

  /** How it does things, which a sabotage does in another way. */
  interface Ways {

    /** What is asked of TLS. */
    default void edit(SSLParameters parameters) {}

    /** Between the handshake and the good-bye. */
    default void afterwards(SSLSocket tls) throws IOException {}

    default TlsPeer told(TlsPeer peer) {
      return peer;
    }

    default LocalProxyException explained(IOException failure) {
      return TlsFailures.certificateNotTrusted(failure, "the service")
          .<LocalProxyException>map(refusal -> refusal)
          .orElseGet(() -> new UnreachableException("broke: " + failure, failure));
    }

    /** Whoever asked has no interest any more. */
    default void cancelled(WaySocket socket) {
      socket.abort();
    }
  }

  SmallTlsProbe(SSLContext trust, Duration limit, Ways ways) {
    this.trust = trust;
    this.limit = limit;
    this.ways = ways;
  }

  @Override
  public CompletableFuture<TlsPeer> probe(ByteStream way, HostAndPort service) {
    WaySocket socket = new WaySocket(way);
    CompletableFuture<TlsPeer> result =
        Background.start(
            () -> {
              try (SSLSocket tls = shake(socket, service)) {
                ways.afterwards(tls);
                return ways.told(TlsPeer.of(tls.getSession()));
              } catch (IOException e) {
                throw ways.explained(e);
              }
            });
    var unused =
        result
            .copy()
            .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (peer, failure) -> {
                  if (result.isCancelled()) {
                    ways.cancelled(socket);
                  } else if (failure != null) {
                    socket.abort();
                  }
                });
    return result;
  }

  private SSLSocket shake(WaySocket socket, HostAndPort service) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            trust.getSocketFactory().createSocket(socket, service.host(), service.port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setServerNames(List.of(new SNIHostName(service.host())));
    ways.edit(parameters);
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }
}
