package io.iottunnel.domain;

/**
 * A hop could not be reached, fell silent or went away: names the hop, the stage and how long it
 * took. Retried.
 */
public final class UnreachableException extends LocalProxyException {
  private static final long serialVersionUID = 1L;

  public UnreachableException(String message) {
    super(message, Retry.WITH_BACKOFF);
  }

  public UnreachableException(String message, Throwable cause) {
    super(message, Retry.WITH_BACKOFF, cause);
  }
}
