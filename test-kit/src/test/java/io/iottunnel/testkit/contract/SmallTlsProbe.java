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
class SmallTlsProbe implements TlsProbe {

  private final SSLContext trust;
  private final Duration limit;

  SmallTlsProbe(SSLContext trust, Duration limit) {
    this.trust = trust;
    this.limit = limit;
  }

  @Override
  public CompletableFuture<TlsPeer> probe(ByteStream way, HostAndPort service) {
    WaySocket socket = new WaySocket(way);
    CompletableFuture<TlsPeer> result =
        Background.start(
            () -> {
              try (SSLSocket tls = shake(socket, service)) {
                afterwards(tls);
                return told(TlsPeer.of(tls.getSession()));
              } catch (IOException e) {
                throw explained(e);
              }
            });
    var unused =
        result
            .copy()
            .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (peer, failure) -> {
                  if (failure != null) {
                    giveUp(socket);
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
    edit(parameters);
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  /** What is asked of TLS. */
  void edit(SSLParameters parameters) {}

  /** Between the handshake and the good-bye. */
  void afterwards(SSLSocket tls) throws IOException {}

  TlsPeer told(TlsPeer peer) {
    return peer;
  }

  LocalProxyException explained(IOException failure) {
    return TlsFailures.certificateNotTrusted(failure, "the service")
        .<LocalProxyException>map(refusal -> refusal)
        .orElseGet(() -> new UnreachableException("broke: " + failure, failure));
  }

  void giveUp(WaySocket socket) {
    socket.abort();
  }
}
