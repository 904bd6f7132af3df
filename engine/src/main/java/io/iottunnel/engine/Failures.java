package io.iottunnel.engine;

import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.UnreachableException;
import java.util.concurrent.CompletionException;

/** What a future of an adapter failed with. */
final class Failures {

  private Failures() {}

  /**
   * The adapter's own exception. Anything else breaks the port's promise, and is told as what could
   * not be reached, so that one adapter's mistake costs a retry and not the process.
   */
  static LocalProxyException asException(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof LocalProxyException known
        ? known
        : new UnreachableException("an adapter failed unexpectedly: " + cause, cause);
  }
}
