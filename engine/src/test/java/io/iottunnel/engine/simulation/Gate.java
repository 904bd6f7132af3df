package io.iottunnel.engine.simulation;

import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How those who connect to the service are received: well, unless something else was asked for. */
final class Gate {

  /** What comes of an attempt to open a session. */
  enum Answer {
    SESSION,
    /** TCP is refused. */
    UNREACHABLE,
    /** Nothing is said until whoever connects gives up. */
    SILENCE,
    STATUS_503,
    /** 429 with a Retry-After. */
    RETRY_LATER,
    /** 101, and then the connection is cut. */
    CUT,
    /** 400, the tunnel is closed. */
    TUNNEL_CLOSED
  }

  /** How long whoever connects waits for an answer, in milliseconds. */
  static final int PATIENCE = 15_000;

  private final Deque<Answer> next = new ArrayDeque<>();
  private boolean shut;

  /** The next so many attempts are answered like this. */
  void answer(Answer answer, int times) {
    for (int i = 0; i < times; i++) {
      next.add(answer);
    }
  }

  /** The tunnel is closed, for good. */
  void shut() {
    shut = true;
  }

  boolean isShut() {
    return shut;
  }

  /** From now on everybody is received well. */
  void open() {
    next.clear();
  }

  Answer answer() {
    if (shut) {
      return Answer.TUNNEL_CLOSED;
    }
    return next.isEmpty() ? Answer.SESSION : next.remove();
  }

  /** What an attempt that is answered like this fails with. */
  static LocalProxyException failure(Answer answer) {
    return switch (answer) {
      case UNREACHABLE -> new UnreachableException("connection refused");
      case SILENCE -> new UnreachableException("no answer in time");
      case STATUS_503 -> status(503, Retry.WITH_BACKOFF, false, Optional.empty());
      case RETRY_LATER ->
          status(429, Retry.WITH_BACKOFF, false, Optional.of(Duration.ofSeconds(20)));
      case TUNNEL_CLOSED -> status(400, Retry.NEVER, true, Optional.empty());
      case SESSION, CUT -> throw new IllegalArgumentException("no failure: " + answer);
    };
  }

  private static LocalProxyException status(
      int status, Retry retry, boolean tunnelClosed, Optional<Duration> after) {
    return new HandshakeRejectedException(
        "the service answered " + status, retry, status, Optional.empty(), tunnelClosed, after);
  }
}
