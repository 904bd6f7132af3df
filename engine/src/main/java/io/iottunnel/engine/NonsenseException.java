package io.iottunnel.engine;

/** Bytes that are no message; the message says why, and where. */
final class NonsenseException extends Exception {
  private static final long serialVersionUID = 1L;

  NonsenseException(String message) {
    super(message);
  }

  NonsenseException(String message, Throwable cause) {
    super(message, cause);
  }
}
