package io.iottunnel.domain;

/** The services given and the services of the tunnel do not fit; the message prints both. */
public final class ServicesMismatchException extends LocalProxyException {
  private static final long serialVersionUID = 1L;

  public ServicesMismatchException(String message) {
    super(message, Retry.NEVER);
  }
}
