package io.iottunnel.cli.doctor;

import io.iottunnel.cli.doctor.Detail.Certificate;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Printable;
import io.iottunnel.ports.Fingerprint;
import io.iottunnel.ports.TlsPeer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.security.auth.x500.X500Principal;

/** What there is to know of the certificates that were shown. */
final class Certificates {

  private static final int LONGEST_NAME = 200;
  private static final Duration SOON = Duration.ofDays(14);
  private static final String OF_AWS = ".amazonaws.com";

  /** Who signs what the service itself shows. */
  private static final String ISSUER_OF_AWS = "O=Amazon";

  private final InstantSource clock;
  private final boolean checked;
  private final Predicate<List<X509Certificate>> isPublic;

  /**
   * @param checked whether certificates are checked at all
   * @param isPublic whether a public authority vouches for a chain
   */
  Certificates(InstantSource clock, boolean checked, Predicate<List<X509Certificate>> isPublic) {
    this.clock = clock;
    this.checked = checked;
    this.isPublic = isPublic;
  }

  /** TLS to the web proxy is up. */
  HopReport ofWebProxy(TlsPeer peer, Duration took) {
    return report(Hop.WEB_PROXY_TLS, peer, took, Optional.empty(), new ArrayList<>());
  }

  /** TLS to the service is up, as far as anybody can tell from here. */
  HopReport ofService(HostAndPort service, TlsPeer peer, Duration took) {
    List<String> notes = new ArrayList<>();
    boolean inspected = false;
    if (!peer.chain().isEmpty()) {
      inspection(service, peer.chain()).ifPresent(notes::add);
      inspected = !notes.isEmpty();
    }
    return report(Hop.SERVICE_TLS, peer, took, Optional.of(inspected), notes);
  }

  private Optional<String> inspection(HostAndPort service, List<X509Certificate> chain) {
    if (service.host().endsWith(OF_AWS)
        && !chain.get(0).getIssuerX500Principal().getName().contains(ISSUER_OF_AWS)) {
      return Optional.of(
          "Amazon issues the certificates of the service, and it has not issued this one: something"
              + " on the way, such as the web proxy, inspects TLS.");
    }
    return isPublic.test(chain)
        ? Optional.empty()
        : Optional.of(
            "No public authority has issued it: something on the way, such as the web proxy,"
                + " inspects TLS, unless this endpoint has an authority of its own.");
  }

  private HopReport report(
      Hop hop, TlsPeer peer, Duration took, Optional<Boolean> inspected, List<String> notes) {
    if (!checked) {
      notes.add("The certificate was not checked: --no-ssl-host-verify is given.");
    }
    if (peer.chain().isEmpty()) {
      return HopReport.good(hop, took, peer.protocol() + ", no certificate", notes, Detail.NONE);
    }
    X509Certificate shown = peer.chain().get(0);
    Instant end = shown.getNotAfter().toInstant();
    if (end.isBefore(clock.instant().plus(SOON))) {
      notes.add("It is valid only until " + end + ".");
    }
    Certificate detail =
        new Certificate(
            peer.protocol(),
            name(shown.getSubjectX500Principal()),
            name(shown.getIssuerX500Principal()),
            Fingerprint.sha256(shown),
            shown.getNotBefore().toInstant(),
            end,
            inspected);
    String finding =
        "%s; the certificate of %s, issued by %s, is valid until %s"
            .formatted(peer.protocol(), detail.subject(), detail.issuer(), end);
    return HopReport.good(hop, took, finding, notes, detail);
  }

  private static String name(X500Principal principal) {
    return Printable.of(principal.getName(), LONGEST_NAME);
  }
}
