package io.iottunnel.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.ports.Fingerprint;
import io.iottunnel.ports.TlsPeer;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.TestIdentity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CertificatesTest {

  private static final TestCa CORPORATE = TestCa.create("Corporate CA");
  private static final TestIdentity IDENTITY = CORPORATE.leaf("data.example.com");
  private static final TlsPeer PEER = new TlsPeer("TLSv1.3", IDENTITY.chain());
  private static final HostAndPort SERVICE = new HostAndPort("data.example.com", 443);
  private static final HostAndPort AWS =
      new HostAndPort("data.tunneling.iot.eu-west-1.amazonaws.com", 443);

  /** Long before the certificate ends. */
  private final Instant now =
      IDENTITY.certificate().getNotAfter().toInstant().minusSeconds(1 << 26);

  @Test
  void whoseItIsAndHowLongItIsValidIsSaid() {
    HopReport report = certificates(true, chain -> true).ofWebProxy(PEER, Duration.ofMillis(1));

    assertEquals(Verdict.OK, report.verdict());
    String end = IDENTITY.certificate().getNotAfter().toInstant().toString();
    assertEquals(
        "TLSv1.3; the certificate of CN=data.example.com,O=Test, issued by CN=Corporate CA,O=Test, is"
            + " valid until "
            + end,
        report.finding());
    assertEquals(
        new Detail.Certificate(
            "TLSv1.3",
            "CN=data.example.com,O=Test",
            "CN=Corporate CA,O=Test",
            Fingerprint.sha256(IDENTITY.certificate()),
            IDENTITY.certificate().getNotBefore().toInstant(),
            IDENTITY.certificate().getNotAfter().toInstant(),
            Optional.empty()),
        report.detail());
  }

  @Test
  void aPublicAuthorityInspectsNothing() {
    HopReport report =
        certificates(true, chain -> true).ofService(SERVICE, PEER, Duration.ofMillis(1));

    assertEquals(Verdict.OK, report.verdict());
    assertEquals(Optional.of(false), inspected(report));
  }

  @Test
  void anotherAuthorityIsASignOfInspection() {
    HopReport report =
        certificates(true, chain -> false).ofService(SERVICE, PEER, Duration.ofMillis(1));

    assertEquals(Verdict.WARNING, report.verdict());
    assertEquals(Optional.of(true), inspected(report));
    assertTrue(report.notes().get(0).contains("inspects TLS"), report.notes().get(0));
  }

  @Test
  void whatOthersIssueForAwsIsASignOfInspectionWhoeverTrustsThem() {
    HopReport report = certificates(true, chain -> true).ofService(AWS, PEER, Duration.ofMillis(1));

    assertEquals(Optional.of(true), inspected(report));
  }

  @Test
  void anEndThatIsNearIsWarnedOf() {
    Instant end = IDENTITY.certificate().getNotAfter().toInstant();
    HopReport report =
        new Certificates(InstantSource.fixed(end.minus(Duration.ofDays(13))), true, chain -> true)
            .ofWebProxy(PEER, Duration.ofMillis(1));

    assertEquals(List.of("It is valid only until " + end + "."), report.notes());
  }

  @Test
  void whereNothingIsCheckedThatIsSaid() {
    HopReport report = certificates(false, chain -> true).ofWebProxy(PEER, Duration.ofMillis(1));

    assertEquals(Verdict.WARNING, report.verdict());
    assertTrue(report.notes().get(0).contains("--no-ssl-host-verify"), report.notes().get(0));
  }

  private Certificates certificates(boolean checked, Predicate<List<X509Certificate>> isPublic) {
    return new Certificates(InstantSource.fixed(now), checked, isPublic);
  }

  private static Optional<Boolean> inspected(HopReport report) {
    return ((Detail.Certificate) report.detail()).inspected();
  }
}
