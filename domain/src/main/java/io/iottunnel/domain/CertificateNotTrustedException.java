package io.iottunnel.domain;

/**
 * TLS to a hop failed on its certificate: whose was shown, for which hop, why it was not trusted,
 * and the remedy.
 */
public final class CertificateNotTrustedException extends LocalProxyException {
  private static final long serialVersionUID = 1L;

  /**
   * @param retry {@link Retry#WITH_BACKOFF} where only the dates are wrong (the device's clock may
   *     still be set), otherwise {@link Retry#AFTER_A_SESSION}
   */
  public CertificateNotTrustedException(String message, Retry retry, Throwable cause) {
    super(message, retry, cause);
  }
}
