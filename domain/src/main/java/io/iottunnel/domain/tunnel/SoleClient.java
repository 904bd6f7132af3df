package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.RetriesUsedUpException;
import java.util.Optional;

/**
 * The one client of a source on standard input and output. It comes once; when it is gone there is
 * nothing left to do, and a session that is lost is lost for good, since the client's connection
 * cannot be made a second time.
 */
final class SoleClient {

  private final boolean expected;
  private boolean came;

  SoleClient(TunnelSpec spec) {
    this.expected = spec.hasOneClient();
  }

  /** A client comes; whether it may. Of many, all may. */
  boolean admit() {
    boolean admitted = !expected || !came;
    came = true;
    return admitted;
  }

  /** Whether everything hangs on a client that has come. */
  boolean decides() {
    return expected && came;
  }

  /** What follows the loss of a session, or of the hope for one, where that is the end. */
  Optional<Outcome> afterLoss(String reason) {
    return decides()
        ? Optional.of(
            new Outcome.Failed(
                new RetriesUsedUpException(
                    "The session is lost, and with it the connection of standard input and output,"
                        + " which cannot be made a second time. The reason: "
                        + reason)))
        : Optional.empty();
  }
}
