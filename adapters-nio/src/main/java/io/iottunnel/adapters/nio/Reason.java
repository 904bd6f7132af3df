package io.iottunnel.adapters.nio;

import io.iottunnel.domain.Printable;

/** The system's own words for a failure. */
final class Reason {

  private static final int LONGEST = 300;

  private Reason() {}

  /** The message, or the kind of failure where there is none. */
  static String of(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isEmpty()
        ? failure.getClass().getSimpleName()
        : Printable.of(message, LONGEST);
  }
}
