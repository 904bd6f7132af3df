package io.iottunnel.adapters.nio;

import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.Printable;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.domain.webproxy.WebProxy.Scheme;
import io.iottunnel.ports.TlsFailures;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;

/** What can go wrong with a web proxy below HTTP, in words. */
final class WebProxyTrouble {

  /** How much of an answer that is not HTTP is quoted. */
  private static final int QUOTED = 60;

  /**
   * How servers say that a client's certificate is missing or will not do (RFC 8446 section 6.2).
   */
  private static final List<String> ALERTS =
      List.of(
          ": bad_certificate",
          ": unsupported_certificate",
          ": certificate_revoked",
          ": certificate_expired",
          ": certificate_unknown",
          ": unknown_ca",
          ": certificate_required");

  private final WebProxy proxy;
  private final String hop;

  WebProxyTrouble(WebProxy proxy) {
    this.proxy = proxy;
    this.hop = "web proxy " + proxy.address();
  }

  /** The web proxy in words. */
  String hop() {
    return hop;
  }

  LocalProxyException tlsSilent(Duration after) {
    return new UnreachableException(
        hop + " said nothing in the TLS handshake for " + DialLimits.words(after) + plainHint());
  }

  /** TLS to the web proxy failed. */
  LocalProxyException tlsFailed(Throwable failure, Duration after) {
    if (failure instanceof NotTlsException notTls) {
      return notTls(new String(notTls.firstBytes(), StandardCharsets.ISO_8859_1));
    }
    if (isAboutOurCertificate(failure)) {
      return ourCertificateRefused(failure);
    }
    return TlsFailures.certificateNotTrusted(failure, hop)
        .<LocalProxyException>map(refusal -> refusal)
        .orElseGet(
            () ->
                failure instanceof SSLException
                    ? new UnreachableException(
                        "TLS with " + hop + " failed: " + Reason.of(failure), failure)
                    : new UnreachableException(
                        hop
                            + (failure instanceof EOFException
                                ? " closed the connection"
                                : " broke the connection (" + Reason.of(failure) + ")")
                            + " in the TLS handshake after "
                            + DialLimits.words(after)
                            + plainHint(),
                        failure));
  }

  private LocalProxyException notTls(String answer) {
    if (answer.startsWith("HTTP/")) {
      return new WebProxyRefusedException(
          "this web proxy speaks plain HTTP on that port: use http://" + proxy.address(),
          Retry.AFTER_A_SESSION,
          0);
    }
    return new WebProxyRefusedException(
        hop
            + " answered the TLS handshake with something else: \""
            + Printable.of(answer, QUOTED)
            + "\"; is this a web proxy?",
        Retry.WITH_BACKOFF,
        0);
  }

  /** The answer to a plain CONNECT was TLS. */
  LocalProxyException wantsTls() {
    return new WebProxyRefusedException(
        "this web proxy wants TLS on that port: use https://" + proxy.address(),
        Retry.AFTER_A_SESSION,
        0);
  }

  LocalProxyException connectSilent(Duration after) {
    return new UnreachableException(
        hop + " did not answer CONNECT in " + DialLimits.words(after) + tlsHint());
  }

  LocalProxyException connectAnswerIncomplete(Duration after) {
    return new UnreachableException(
        hop + " did not complete its answer to CONNECT in " + DialLimits.words(after));
  }

  LocalProxyException closedBeforeAnswer(Duration after) {
    return new UnreachableException(
        hop
            + " closed the connection "
            + DialLimits.words(after)
            + " after CONNECT without an answer"
            + tlsHint());
  }

  LocalProxyException brokenBeforeAnswer(Throwable failure, Duration after) {
    if (isAboutOurCertificate(failure)) {
      return ourCertificateRefused(failure); // TLS 1.3 tells a client of it behind the handshake
    }
    return new UnreachableException(
        hop
            + " broke the connection ("
            + Reason.of(failure)
            + ") "
            + DialLimits.words(after)
            + " after CONNECT without an answer"
            + tlsHint(),
        failure);
  }

  private static boolean isAboutOurCertificate(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof SSLException && ALERTS.stream().anyMatch(message::endsWith);
  }

  private LocalProxyException ourCertificateRefused(Throwable failure) {
    return new WebProxyRefusedException(
        hop
            + " does not let in who shows no client certificate that it trusts ("
            + Reason.of(failure)
            + "); give one that its operator issued with --web-proxy-cert and --web-proxy-key",
        Retry.AFTER_A_SESSION,
        0);
  }

  LocalProxyException closedInAnswer(Duration after) {
    return new UnreachableException(
        hop
            + " closed the connection in the middle of its answer to CONNECT, after "
            + DialLimits.words(after));
  }

  LocalProxyException tokenOverdue(Duration after) {
    return new UnreachableException(
        "no token to authenticate with "
            + hop
            + " could be had in "
            + DialLimits.words(after)
            + "; is the KDC of krb5.conf reachable? --web-proxy-auth chooses another scheme");
  }

  private static String plainHint() {
    return "; if it speaks plain HTTP on that port, use http://";
  }

  /** Nothing has proven yet what the port speaks, unless TLS is up. */
  private String tlsHint() {
    return proxy.scheme() == Scheme.HTTP ? "; if this port wants TLS, use https://" : "";
  }
}
