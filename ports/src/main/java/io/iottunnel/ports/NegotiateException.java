package io.iottunnel.ports;

/**
 * Negotiate is not possible, for a reason on our side of the connection: no ticket, no KDC, a
 * service that the KDC does not know. Another scheme may be tried.
 *
 * <p>The message is for the user: what is wrong, and what to do ({@code kinit}, a keytab, {@code
 * krb5.conf}). It has no secret in it, begins in lower case and ends without a full stop, so that
 * it can end a sentence.
 */
public final class NegotiateException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String message;

  public NegotiateException(String message) {
    super(message);
    this.message = message;
  }

  public NegotiateException(String message, Throwable cause) {
    super(message, cause);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
