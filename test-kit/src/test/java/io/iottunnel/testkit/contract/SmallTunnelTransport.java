package io.iottunnel.testkit.contract;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.SessionListener;
import io.iottunnel.ports.TlsFailures;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.TunnelTransport;
import io.iottunnel.ports.UpgradeRequest;
import io.iottunnel.testkit.websocket.FrameReader;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The smallest transport that keeps the contract, on blocking TLS with two threads for each
 * session, and on request one that breaks it.
 */
final class SmallTunnelTransport implements TunnelTransport {

  private final SSLContext trust;
  private final Duration limit;
  private final TransportSabotage sabotage;
  private final Set<WaySocket> ways = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

  SmallTunnelTransport(SSLContext trust, Duration limit, TransportSabotage sabotage) {
    this.trust = sabotage == TransportSabotage.TRUSTS_ANYONE ? trustingAnyone() : trust;
    this.limit = limit;
    this.sabotage = sabotage;
  }

  @Override
  public CompletableFuture<TunnelSession> open(
      ByteStream way, UpgradeRequest request, SessionListener listener) {
    WaySocket socket = new WaySocket(way);
    ways.add(socket);
    CompletableFuture<TunnelSession> future = new CompletableFuture<>();
    future.exceptionally(
        failure -> {
          socket.abort();
          return null;
        });
    Thread thread =
        new Thread(
            () -> {
              try {
                run(socket, request, listener, future);
              } catch (Exception e) {
                future.completeExceptionally(explained(e));
              } finally {
                ways.remove(socket);
              }
            },
            "small-transport-reader");
    thread.setDaemon(true);
    thread.start();
    return future;
  }

  private void run(
      WaySocket way,
      UpgradeRequest request,
      SessionListener listener,
      CompletableFuture<TunnelSession> future)
      throws IOException {
    ScheduledFuture<?> tlsLimit = within(limit, way);
    SSLSocket tls = secure(way, request);
    tlsLimit.cancel(false);
    ScheduledFuture<?> upgradeLimit = within(limit, way);
    boolean late = sabotage == TransportSabotage.TELLS_SECURED_LATE;
    if (!late) {
      listener.secured();
    }
    SmallUpgrade upgrade = new SmallUpgrade(request, sabotage);
    tls.getOutputStream().write(upgrade.request());
    FrameReader in = new FrameReader(tls.getInputStream(), TunnelSession.MAX_FRAME);
    try {
      upgrade.readAnswer(in);
    } catch (HandshakeRejectedException refusal) {
      if (sabotage == TransportSabotage.FOLLOWS_REDIRECTS) {
        upgrade.field("Location").ifPresent(SmallTunnelTransport::follow);
      }
      throw refusal;
    }
    if (late) {
      listener.secured();
    }
    upgradeLimit.cancel(false);
    if (sabotage == TransportSabotage.LOSES_WHAT_IS_BEHIND_THE_101) {
      in = new FrameReader(tls.getInputStream(), TunnelSession.MAX_FRAME);
    }
    SmallSession session = new SmallSession(way, tls, in, upgrade, listener, timer, sabotage);
    if (future.complete(session)) {
      session.run();
    }
  }

  private SSLSocket secure(WaySocket way, UpgradeRequest request) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            trust
                .getSocketFactory()
                .createSocket(way, request.service().host(), request.service().port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    if (sabotage != TransportSabotage.CHECKS_NO_NAME) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    parameters.setServerNames(
        sabotage == TransportSabotage.SENDS_NO_SNI
            ? List.of()
            : List.of(new SNIHostName(request.service().host())));
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  private ScheduledFuture<?> within(Duration longest, WaySocket way) {
    return timer.schedule(way::abort, longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  private LocalProxyException explained(Exception failure) {
    if (failure instanceof LocalProxyException known) {
      return known;
    }
    if (sabotage == TransportSabotage.BLAMES_THE_CERTIFICATE_FOR_ALL) {
      return new CertificateNotTrustedException("TLS failed", Retry.AFTER_A_SESSION, failure);
    }
    return TlsFailures.certificateNotTrusted(failure, "the service")
        .<LocalProxyException>map(
            refusal ->
                sabotage == TransportSabotage.NEVER_RETRIES_CERTIFICATES
                    ? new CertificateNotTrustedException("no", Retry.NEVER, failure)
                    : refusal)
        .orElseGet(() -> new UnreachableException("broke: " + failure, failure));
  }

  private static void follow(String location) {
    int port = Integer.parseInt(location.replaceAll(".*:(\\d+)/.*", "$1"));
    LoopbackStream.connect(port).close();
  }

  private static SSLContext trustingAnyone() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustsAnyone()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class TrustsAnyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Override
  public void close() {
    ways.forEach(WaySocket::abort);
    timer.shutdownNow();
  }
}
