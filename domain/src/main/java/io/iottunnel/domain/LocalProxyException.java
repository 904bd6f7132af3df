package io.iottunnel.domain;

import java.time.Duration;
import java.util.Optional;

/**
 * What went wrong, in words for the person who runs the local proxy: what was expected, what came,
 * where, and what to do. Unchecked; callers tell the children apart. The message never holds a
 * secret.
 */
public abstract class LocalProxyException extends RuntimeException {

  /** Whether trying the same thing again later can help. */
  public enum Retry {
    /** Yes: it is retried with backoff. */
    WITH_BACKOFF,
    /**
     * Only when this process had a session before: what worked once may work again (roaming,
     * captive portals).
     */
    AFTER_A_SESSION,
    /** No: nothing changes by itself. */
    NEVER
  }

  private static final long serialVersionUID = 1L;

  private final String message;
  private final Retry retry;

  protected LocalProxyException(String message, Retry retry) {
    super(message);
    this.message = message;
    this.retry = retry;
  }

  protected LocalProxyException(String message, Retry retry, Throwable cause) {
    super(message, cause);
    this.message = message;
    this.retry = retry;
  }

  /** What went wrong and what to do; without secrets, and remote text in it is escaped. */
  @Override
  public final String getMessage() {
    return message;
  }

  /** Whether trying again later can help. */
  public final Retry retry() {
    return retry;
  }

  /**
   * How long the other side asked us to wait at least before the next attempt (Retry-After, RFC
   * 9110 10.2.3).
   */
  public Optional<Duration> retryAfter() {
    return Optional.empty();
  }
}
