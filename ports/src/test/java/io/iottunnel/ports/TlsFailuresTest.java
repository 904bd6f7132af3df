package io.iottunnel.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.LocalProxyException.Retry;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class TlsFailuresTest {

  private static final String HOP = "web proxy proxy.example.com:8443";

  private static SSLHandshakeException failureBecauseOf(Throwable cause) {
    SSLHandshakeException failure = new SSLHandshakeException("general");
    failure.initCause(cause);
    return failure;
  }

  @Test
  void aCertificateAmongTheCausesNamesTheHopAndSaysWhatTheTrustManagerSaid() {
    SSLHandshakeException failure =
        failureBecauseOf(new CertificateException("issued by\u001b[31m nobody"));

    CertificateNotTrustedException refusal =
        TlsFailures.certificateNotTrusted(failure, HOP).orElseThrow();

    assertEquals(
        "the certificate of web proxy proxy.example.com:8443 is not trusted: issued by\\u001b[31m"
            + " nobody",
        refusal.getMessage());
    assertEquals(Retry.AFTER_A_SESSION, refusal.retry());
    assertSame(failure, refusal.getCause());
  }

  @Test
  void wrongDatesAreRetriedBecauseTheClockMayBeSet() {
    for (CertificateException dates :
        List.of(new CertificateExpiredException(), new CertificateNotYetValidException())) {
      CertificateException explained = new CertificateException("the dates are wrong", dates);
      CertificateNotTrustedException refusal =
          TlsFailures.certificateNotTrusted(failureBecauseOf(explained), HOP).orElseThrow();
      assertEquals(Retry.WITH_BACKOFF, refusal.retry());
      assertTrue(refusal.getMessage().endsWith("not trusted: the dates are wrong"));
    }
  }

  @Test
  void everythingElseIsNotAboutCertificates() {
    assertTrue(
        TlsFailures.certificateNotTrusted(new SSLException("handshake_failure"), HOP).isEmpty());
    assertTrue(
        TlsFailures.certificateNotTrusted(failureBecauseOf(new IOException("reset")), HOP)
            .isEmpty());
  }
}
