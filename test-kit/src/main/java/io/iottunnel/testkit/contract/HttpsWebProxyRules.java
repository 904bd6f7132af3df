package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.TestIdentity;
import io.iottunnel.testkit.contract.ByteStreamRules.Joined;
import io.iottunnel.testkit.contract.WebProxyDialerContract.Ability;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import io.iottunnel.testkit.webproxy.WebProxyClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Web proxies that are spoken to over TLS: whom a dialer trusts, and what it says if not. */
public interface HttpsWebProxyRules {

  /** The dialer under test. */
  DialerBench bench();

  /** Skips the test, visibly, where the dialer declares that it lacks {@code ability}. */
  void require(Ability ability);

  /**
   * The name is sent as SNI (RFC 6066 section 3). If it is missing for {@code localhost}: JSSE
   * leaves out names without a dot unless the server names are set explicitly.
   */
  @Test
  default void d40_theNameIsSentAsSni() throws IOException {
    require(Ability.HTTPS_WEB_PROXIES);
    ScriptedWebProxy proxy = bench().playingOverTls(Script.working());
    DialerBench.proveTunnel(bench().open(proxy, proxy.url("localhost")));

    assertEquals(List.of(Optional.of("localhost")), proxy.serverNames());
  }

  /** An address is no name: it is checked against the certificate, and not sent as SNI. */
  @Test
  default void d41_anAddressIsNotSentAsSni() throws IOException {
    require(Ability.HTTPS_WEB_PROXIES);
    ScriptedWebProxy proxy = bench().playingOverTls(Script.working());
    DialerBench.proveTunnel(bench().open(proxy, proxy.url("127.0.0.1")));

    assertEquals(List.of(Optional.empty()), proxy.serverNames());
  }

  /** A chain by way of an intermediate authority leads to the root. */
  @Test
  default void d42_anIntermediateAuthorityIsFollowed() throws IOException {
    require(Ability.HTTPS_WEB_PROXIES);
    ScriptedWebProxy proxy = showing(bench().ca().intermediate("Between").leaf("localhost"));
    DialerBench.proveTunnel(bench().open(proxy, proxy.url("localhost")));
  }

  /** The observer hears of TLS between TCP and CONNECT. */
  @Test
  default void d43_theObserverIsToldOfTls() {
    require(Ability.HTTPS_WEB_PROXIES);
    ScriptedWebProxy proxy = bench().playingOverTls(Script.working());
    HopRecorder observer = new HopRecorder();
    bench().joined(proxy, bench().dial(proxy.url("localhost"), DialerBench.SERVICE, observer));

    assertEquals(
        List.of(
            "resolved 127.0.0.1",
            "connected",
            "webProxySecured",
            "connectSent",
            "connectAnswered 200"),
        observer.hops());
  }

  /** An answer that comes in one TLS record a byte is one answer. */
  @Test
  default void d44_anAnswerMayDripOverTls() throws IOException {
    require(Ability.HTTPS_WEB_PROXIES);
    ScriptedWebProxy proxy =
        bench().playingOverTls(Script.opening(Script.OPENED, WebProxyClient::drip));
    DialerBench.proveTunnel(bench().open(proxy, proxy.url("localhost")));
  }

  /** What comes along with the answer, in however many TLS records, is the service's. */
  @Test
  default void d49_notOneByteBehindTheBlankLineIsLostInTls() throws IOException {
    require(Ability.HTTPS_WEB_PROXIES);
    byte[] glued = TestBytes.first(100_000);
    ScriptedWebProxy proxy =
        bench()
            .playingOverTls(
                Script.opening(Script.OPENED + new String(glued, StandardCharsets.ISO_8859_1)));
    Joined joined = bench().open(proxy);

    assertArrayEquals(glued, new PatientStream(joined.stream()).read(glued.length));
    DialerBench.proveTunnel(joined);
  }

  /**
   * A certificate of an unknown authority: final at first, and the message says whose was shown
   * (subject, issuer, SHA-256) and by which hop. No request, so no password, went there.
   */
  @Test
  default void d45_anUnknownAuthorityIsNotTrusted() {
    require(Ability.HTTPS_WEB_PROXIES);
    TestIdentity stranger = TestCa.create("Strange CA").leaf("localhost");
    CertificateNotTrustedException failure = notTrusted(stranger);

    assertEquals(Retry.AFTER_A_SESSION, failure.retry());
    Messages.name(failure, "web proxy", "localhost", "Strange CA");
    Messages.nameIgnoringColons(failure, sha256(stranger));
  }

  /** A certificate for another name: the same. If it passes: the host name is not checked. */
  @Test
  default void d46_aCertificateForAnotherNameIsNotTrusted() {
    require(Ability.HTTPS_WEB_PROXIES);
    CertificateNotTrustedException failure =
        notTrusted(bench().ca().leaf("other.example.com", "192.0.2.1"));

    assertEquals(Retry.AFTER_A_SESSION, failure.retry());
    Messages.name(failure, "web proxy", "localhost", "other.example.com");
  }

  /** Who inspects TLS shows certificates of an authority of his own: it is said how to trust it. */
  @Test
  default void d48_howToTrustWhoInspectsTlsIsSaid() {
    require(Ability.HTTPS_WEB_PROXIES);
    Messages.name(
        notTrusted(TestCa.create("Inspecting CA").leaf("localhost")),
        "Inspecting CA",
        "inspects TLS",
        "CA certificate");
  }

  /**
   * A certificate that is right but for its dates: retried, since a device's clock may be set
   * later, and the clock is named as the likely cause.
   */
  @Test
  default void d47_wrongDatesAreRetriedAndTheClockIsNamed() {
    require(Ability.HTTPS_WEB_PROXIES);
    for (TestCa.Validity validity : List.of(TestCa.Validity.EXPIRED, TestCa.Validity.NOT_YET)) {
      CertificateNotTrustedException failure = notTrusted(bench().ca().leaf(validity, "localhost"));
      assertEquals(Retry.WITH_BACKOFF, failure.retry(), validity.toString());
      Messages.name(failure, "clock");
    }
  }

  private CertificateNotTrustedException notTrusted(TestIdentity identity) {
    ScriptedWebProxy proxy = showing(identity);
    WebProxy url = proxy.url("localhost");
    WebProxy withUser = new WebProxy(url.scheme(), url.address(), Optional.of(bench().user()));
    CertificateNotTrustedException failure =
        bench().fail(withUser, CertificateNotTrustedException.class);
    proxy.awaitIdle();
    assertEquals(List.of(), proxy.requests(), "requests to a web proxy that is not trusted");
    return failure;
  }

  private ScriptedWebProxy showing(TestIdentity identity) {
    return bench().keep(ScriptedWebProxy.builder().tls(identity));
  }

  private static String sha256(TestIdentity identity) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(identity.certificate().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
