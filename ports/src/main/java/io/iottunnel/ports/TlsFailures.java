package io.iottunnel.ports;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.Printable;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Tells, of the many ways in which TLS fails, those that are about the other side's certificate.
 */
public final class TlsFailures {

  /** The names in a certificate are the other side's words, and could go on for long. */
  private static final int LONGEST = 2_000;

  private TlsFailures() {}

  /**
   * The refusal of a certificate that {@code failure} stands for, if it does.
   *
   * <p>What is said is the message of the {@link CertificateException} among the causes. It comes
   * from the trust manager, which knows what was shown and why that was not enough.
   *
   * @param failure what a TLS handshake failed with
   * @param hop who showed the certificate, such as {@code web proxy proxy.example.com:8443}
   * @return the refusal; to be retried with backoff where only the certificate's dates are wrong,
   *     as the device's clock may still be set
   */
  public static Optional<CertificateNotTrustedException> certificateNotTrusted(
      Throwable failure, String hop) {
    return causes(failure)
        .filter(e -> e instanceof CertificateException || e instanceof SSLPeerUnverifiedException)
        .findFirst()
        .map(
            refusal ->
                new CertificateNotTrustedException(
                    "the certificate of "
                        + hop
                        + " is not trusted: "
                        + Printable.of(String.valueOf(refusal.getMessage()), LONGEST),
                    causes(refusal).anyMatch(TlsFailures::isAboutDates)
                        ? Retry.WITH_BACKOFF
                        : Retry.AFTER_A_SESSION,
                    failure));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  private static boolean isAboutDates(Throwable cause) {
    return cause instanceof CertificateExpiredException
        || cause instanceof CertificateNotYetValidException;
  }
}
