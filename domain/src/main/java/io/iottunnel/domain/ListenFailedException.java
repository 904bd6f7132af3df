package io.iottunnel.domain;

/** A local address could not be listened on: names the address and the system's reason. */
public final class ListenFailedException extends LocalProxyException {
  private static final long serialVersionUID = 1L;

  public ListenFailedException(String message) {
    super(message, Retry.NEVER);
  }

  public ListenFailedException(String message, Throwable cause) {
    super(message, Retry.NEVER, cause);
  }
}
