package io.iottunnel.domain;

/** The service closed the session because the access token was rotated: a new one is needed. */
public final class TokenRevokedException extends LocalProxyException {
  private static final long serialVersionUID = 1L;

  public TokenRevokedException(String message) {
    super(message, Retry.NEVER);
  }
}
