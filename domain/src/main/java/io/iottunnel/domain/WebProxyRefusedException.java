package io.iottunnel.domain;

import java.time.Duration;
import java.util.Optional;

/**
 * The web proxy answered CONNECT and did not open the tunnel: quotes its status and reason, and
 * says what to do.
 */
public final class WebProxyRefusedException extends LocalProxyException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final Optional<Duration> retryAfter;

  /**
   * @param status the HTTP status of the answer, or 0 when the answer was not HTTP
   */
  public WebProxyRefusedException(String message, Retry retry, int status) {
    this(message, retry, status, Optional.empty());
  }

  public WebProxyRefusedException(
      String message, Retry retry, int status, Optional<Duration> retryAfter) {
    super(message, retry);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** The HTTP status of the answer, or 0 when the answer was not HTTP. */
  public int status() {
    return status;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
