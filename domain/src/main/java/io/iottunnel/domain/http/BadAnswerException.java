package io.iottunnel.domain.http;

import java.io.IOException;

/**
 * What came cannot be taken as an answer in HTTP. The message continues a sentence that begins with
 * who answered.
 *
 * <p>An {@link IOException}, so that it passes through the parsers of HTTP libraries.
 */
public final class BadAnswerException extends IOException {
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
  public boolean isTls() {
    return tls;
  }
}
