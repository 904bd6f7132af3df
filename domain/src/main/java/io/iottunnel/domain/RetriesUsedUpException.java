package io.iottunnel.domain;

/** The allowed number of attempts to connect is used up; the message ends with the last reason. */
public final class RetriesUsedUpException extends LocalProxyException {
  private static final long serialVersionUID = 1L;

  public RetriesUsedUpException(String message) {
    super(message, Retry.NEVER);
  }
}
