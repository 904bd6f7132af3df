package io.iottunnel.adapters.nio;

import io.iottunnel.domain.Printable;
import io.iottunnel.ports.Fingerprint;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Why a certificate is refused, gathered from all who were asked, and in words: whose certificate
 * it is, what is wrong with it, what to do.
 */
final class Refusal {

  private static final int LONGEST_NAME = 200;
  private static final int MOST_NAMES = 10;
  private static final int DNS_NAME = 2; // RFC 5280 section 4.2.1.6
  private static final int IP_ADDRESS = 7;

  /** What can be wrong; what tells more comes first. */
  private enum Why {
    NAME,
    DATES,
    OTHER,
    ISSUER
  }

  private final X509Certificate certificate;
  private final Optional<String> host;
  private final StringJoiner unusable = new StringJoiner(", ");
  private Why why = Why.ISSUER;
  private @Nullable CertificateException cause;

  /**
   * @param certificate the one that was shown
   * @param host whom it was expected of, where that is known
   */
  Refusal(X509Certificate certificate, Optional<String> host) {
    this.certificate = certificate;
    this.host = host;
  }

  /** One that was asked said no. */
  void add(CertificateException refusal, boolean pathTrusted) {
    Why because = pathTrusted ? Why.NAME : pathProblem(refusal);
    if (cause == null || because.compareTo(why) < 0) {
      cause = refusal;
      why = because;
    }
  }

  /** One could not be asked. */
  void unusable(GeneralSecurityException reason) {
    unusable.add(Reason.of(reason));
  }

  private static Why pathProblem(CertificateException refusal) {
    Why found = Why.ISSUER;
    for (Throwable e = refusal; e != null; e = e.getCause()) {
      if (e instanceof CertificateExpiredException
          || e instanceof CertificateNotYetValidException) {
        return Why.DATES;
      }
      if (e instanceof CertPathValidatorException invalid
          && invalid.getReason() != PKIXReason.NO_TRUST_ANCHOR) {
        found = Why.OTHER;
      }
    }
    return found;
  }

  /** The exception to throw. */
  CertificateException explained() {
    String shown =
        "it was issued to "
            + name(certificate.getSubjectX500Principal())
            + " by "
            + name(certificate.getIssuerX500Principal())
            + " (SHA-256 "
            + Fingerprint.sha256(certificate)
            + "); ";
    String others = unusable.length() == 0 ? "" : " (what could not be used: " + unusable + ")";
    return new CertificateException(shown + problem() + others, cause);
  }

  private String problem() {
    return switch (why) {
      case NAME ->
          "it is not for "
              + host.orElse("this host")
              + " but for "
              + alternativeNames()
              + because()
              + "; is the address right?";
      case DATES -> dates();
      case OTHER -> "it is not acceptable" + because();
      case ISSUER ->
          (isSelfIssued() ? "it vouches for itself" : "nobody who is trusted here has issued it")
              + "; if a web proxy inspects TLS on the way, or this is the web proxy's own, ask those"
              + " who run it for its CA certificate and give it with -c FILE (for the web proxy alone:"
              + " --web-proxy-ca FILE)";
    };
  }

  private String because() {
    return cause == null ? "" : " (" + Reason.of(cause) + ")";
  }

  private String dates() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant begin = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    String problem;
    if (now.isAfter(end)) {
      problem = "it expired at " + end;
    } else if (now.isBefore(begin)) {
      problem = "it is not valid before " + begin;
    } else {
      problem = "the certificate of an authority above it is out of date";
    }
    return problem + ", and this device's clock says " + now + ": is the clock right?";
  }

  private boolean isSelfIssued() {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private static String name(X500Principal principal) {
    return Printable.of(principal.getName(), LONGEST_NAME);
  }

  private String alternativeNames() {
    StringJoiner names = new StringJoiner(", ").setEmptyValue("no host at all");
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      if (all != null) {
        all.stream()
            .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
            .limit(MOST_NAMES)
            .forEach(name -> names.add(Printable.of(String.valueOf(name.get(1)), LONGEST_NAME)));
      }
    } catch (CertificateParsingException e) {
      names.add("names that cannot be read");
    }
    return names.toString();
  }
}
