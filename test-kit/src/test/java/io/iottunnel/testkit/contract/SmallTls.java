package io.iottunnel.testkit.contract;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.testkit.TestIdentity;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS to a web proxy, with the checks and messages that the contract asks for. */
final class SmallTls {

  private static final Pattern ALERTS = Pattern.compile("(bad_certificate|certificate_required)$");

  private SmallTls() {}

  static SSLSocket over(Socket tcp, HostAndPort proxy, DialerSettings settings) throws IOException {
    Witness witness = new Witness(settings.trust());
    SmallWitness watched = new SmallWitness(tcp);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          settings.identity().map(TestIdentity::keyManagers).orElse(null),
          new TrustManager[] {witness},
          null);
      SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(watched, proxy.host(), proxy.port(), false);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      if (!proxy.isIpLiteral()) {
        parameters.setServerNames(List.of(new SNIHostName(proxy.host())));
      }
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      if (witness.refused != null) {
        throw notTrusted(proxy, witness.shown, witness.refused);
      }
      throwIfItIsAboutOurs(e, proxy);
      if (String.valueOf(e.getMessage()).contains("Unsupported or unrecognized SSL message")) {
        throw notTls(proxy, watched.first());
      }
      throw new UnreachableException(
          "TLS with web proxy " + proxy + " broke (if it speaks plain HTTP, use http://): " + e, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A web proxy may say so long after the handshake is over. */
  static void throwIfItIsAboutOurs(IOException alert, HostAndPort proxy) {
    if (ALERTS.matcher(String.valueOf(alert.getMessage())).find()) {
      throw new WebProxyRefusedException(
          "web proxy " + proxy + " asks for a client certificate", Retry.AFTER_A_SESSION, 0);
    }
  }

  private static WebProxyRefusedException notTls(HostAndPort proxy, String first) {
    return first.startsWith("HTTP/")
        ? new WebProxyRefusedException(
            "web proxy " + proxy + " speaks plain HTTP on that port: use http://",
            Retry.AFTER_A_SESSION,
            0)
        : new WebProxyRefusedException(
            "web proxy " + proxy + " answered, not by TLS (is this a web proxy?): " + first,
            Retry.WITH_BACKOFF,
            0);
  }

  private static CertificateNotTrustedException notTrusted(
      HostAndPort proxy, X509Certificate shown, CertificateException reason) throws IOException {
    boolean dates = false;
    for (Throwable each = reason; each != null; each = each.getCause()) {
      dates |= each instanceof CertificateExpiredException;
      dates |= each instanceof CertificateNotYetValidException;
    }
    String print;
    try {
      print =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(shown.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    return new CertificateNotTrustedException(
        "the certificate of web proxy %s is not trusted%s: subject %s, issuer %s, SHA-256 %s%s"
            .formatted(
                proxy,
                dates ? " (is the clock right?)" : "",
                shown.getSubjectX500Principal(),
                shown.getIssuerX500Principal(),
                print,
                "; if it inspects TLS, trust its CA certificate"),
        dates ? Retry.WITH_BACKOFF : Retry.AFTER_A_SESSION,
        reason);
  }

  /** Remembers whose certificate was refused, and why. */
  private static final class Witness extends HonestTrust {

    private X509Certificate shown;
    private CertificateException refused;

    Witness(X509ExtendedTrustManager trust) {
      super(trust);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      try {
        super.checkServerTrusted(chain, type, socket);
      } catch (CertificateException e) {
        shown = chain[0];
        refused = e;
        throw e;
      }
    }
  }
}
