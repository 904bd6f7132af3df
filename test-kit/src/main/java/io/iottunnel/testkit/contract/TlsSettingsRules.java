package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.TestIdentity;
import io.iottunnel.testkit.contract.WebProxyDialerContract.Ability;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user may set about TLS with a web proxy: a certificate of one's own, and no checks. */
public interface TlsSettingsRules {

  /** The dialer under test. */
  DialerBench bench();

  /** Skips the test, visibly, where the dialer declares that it lacks {@code ability}. */
  void require(Ability ability);

  /** A web proxy that asks for a certificate is shown the one of the settings. */
  @Test
  default void d140_theClientCertificateIsShown() throws IOException {
    require(Ability.HTTPS_WEB_PROXIES);
    require(Ability.CLIENT_CERTIFICATES);
    opens(asking(), bench().settings().showing(bench().ca().leaf("device-17")));
  }

  /**
   * Who has none to show is refused: final at first, and the message says that a client certificate
   * is asked for. With TLS 1.3 the alert comes when the handshake is over (RFC 8446 section 4.4.2).
   */
  @Test
  default void d141_aMissingClientCertificateIsNamed() {
    require(Ability.HTTPS_WEB_PROXIES);
    ScriptedWebProxy proxy = asking();
    WebProxyRefusedException failure =
        bench().fail(proxy.url("localhost"), WebProxyRefusedException.class);

    assertEquals(Retry.AFTER_A_SESSION, failure.retry());
    Messages.name(failure, "web proxy", "localhost", "client certificate");
    assertEquals(List.of(), proxy.requests(), "requests to a web proxy that lets nobody in");
  }

  /**
   * Whom the trust manager lets pass is let in, whatever is shown: another name, a strange
   * authority, wrong dates. If it fails: something checks beside the trust manager.
   */
  @Test
  default void d142_theTrustManagerAloneDecides() throws IOException {
    require(Ability.HTTPS_WEB_PROXIES);
    TestIdentity wrong =
        TestCa.create("Strange CA").leaf(TestCa.Validity.EXPIRED, "other.example.com");
    ScriptedWebProxy proxy = bench().keep(ScriptedWebProxy.builder().tls(wrong));
    opens(proxy, bench().settings().trusting(new TrustInAnybody()));
  }

  private void opens(ScriptedWebProxy proxy, DialerSettings settings) throws IOException {
    DialerBench.proveTunnel(bench().joined(proxy, bench().dial(proxy.url("localhost"), settings)));
  }

  /** A web proxy that lets in whom the authority of the tests has certified. */
  private ScriptedWebProxy asking() {
    return bench().keep(ScriptedWebProxy.builder().mutualTls(DialerBench.LOCALHOST, bench().ca()));
  }
}
