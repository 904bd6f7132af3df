package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.RetriesUsedUpException;
import io.iottunnel.domain.TokenRevokedException;
import java.time.Duration;
import java.util.Optional;

/**
 * What follows when a session, or an attempt at one, is over: an outcome that ends everything, or
 * none, and then the next attempt after {@link #delayBound}.
 */
final class Aftermath {

  /**
   * The longest time that anybody can ask us to stay away ({@code Retry-After}). A device must not
   * be sent away for days by a number that somebody mistyped, or by a clock that is wrong.
   */
  static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

  private static final int NORMAL_CLOSURE = 1000;
  private static final int SERVICE_RESTART = 1012;

  private final RetrySchedule retries;
  private final Duration steadyAfter;
  private final boolean reconnects;
  private boolean hadSession;
  private long upAt;

  Aftermath(TunnelSettings settings) {
    this.retries = new RetrySchedule(settings);
    this.steadyAfter = settings.steadyAfter();
    this.reconnects = settings.reconnectOnDataError();
  }

  /** A session is up: what fails from now on has worked once. */
  void sessionUp(long now) {
    hadSession = true;
    upAt = now;
  }

  /** The bound of the random delay before the next attempt. */
  Duration delayBound() {
    return retries.bound();
  }

  /** The least delay before the next attempt: what the other side asked for, within reason. */
  static Duration leastDelayAfter(LocalProxyException failure) {
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
  }

  Optional<Outcome> ofFailedAttempt(LocalProxyException failure) {
    retries.failed();
    if (hadSession
        && failure instanceof HandshakeRejectedException rejected
        && rejected.tunnelClosed()) {
      return Optional.of(new Outcome.TunnelClosed(failure.getMessage()));
    }
    boolean isFinal =
        failure.retry() == Retry.NEVER || (failure.retry() == Retry.AFTER_A_SESSION && !hadSession);
    return isFinal ? Optional.of(new Outcome.Failed(failure)) : ifUsedUp(failure.getMessage());
  }

  /**
   * @param reason the service's words
   */
  Optional<Outcome> ofClosedSession(int code, String reason, long now) {
    if (code == NORMAL_CLOSURE) {
      return Optional.of(new Outcome.TunnelClosed(reason));
    }
    if (code == SERVICE_RESTART && reason.contains("Token is revoked")) {
      return Optional.of(
          new Outcome.Failed(
              new TokenRevokedException(
                  "The service closed the session (1012 Token is revoked): the access token was"
                      + " rotated. Start again with the new one.")));
    }
    return ofLostSession(reason, now);
  }

  /** A session that has lasted is no failure; one that has not is. */
  Optional<Outcome> ofLostSession(String reason, long now) {
    if (!reconnects) {
      return Optional.of(
          new Outcome.Failed(
              new RetriesUsedUpException(
                  "The session was lost, and websocket.reconnect_on_data_error is false. The"
                      + " reason: "
                      + reason)));
    }
    if (now - upAt >= steadyAfter.toMillis()) {
      retries.steady();
    } else {
      retries.failed();
    }
    return ifUsedUp(reason);
  }

  private Optional<Outcome> ifUsedUp(String reason) {
    if (!retries.usedUp()) {
      return Optional.empty();
    }
    String message =
        "Gave up after "
            + retries.failures()
            + " failed attempts to keep a session (websocket.connect_retry_count). The last reason:"
            + " "
            + reason;
    return Optional.of(new Outcome.Failed(new RetriesUsedUpException(message)));
  }
}
