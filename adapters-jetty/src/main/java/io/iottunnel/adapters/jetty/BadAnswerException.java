package io.iottunnel.adapters.jetty;

/**
 * What came cannot be taken as an answer in HTTP. The message continues a sentence that begins with
 * who answered.
 */
final class BadAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean tls;

  /**
   * @param tls whether the bytes are those of TLS
   */
  BadAnswerException(String message, boolean tls) {
    super(message);
    this.tls = tls;
  }

  /** Whether the bytes are those of TLS: the port wants to be spoken to that way. */
  boolean isTls() {
    return tls;
  }
}
