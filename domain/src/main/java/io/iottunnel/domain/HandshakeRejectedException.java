package io.iottunnel.domain;

import java.time.Duration;
import java.util.Optional;

/** The upgrade to a WebSocket was answered with something other than 101. */
public final class HandshakeRejectedException extends LocalProxyException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final Optional<String> channelId;
  private final boolean tunnelClosed;
  private final Optional<Duration> retryAfter;

  /**
   * @param status the HTTP status of the answer
   * @param channelId the service's name for this attempt, which its support asks for
   * @param tunnelClosed whether the answer says that the tunnel itself is over
   */
  public HandshakeRejectedException(
      String message,
      Retry retry,
      int status,
      Optional<String> channelId,
      boolean tunnelClosed,
      Optional<Duration> retryAfter) {
    super(message, retry);
    this.status = status;
    this.channelId = channelId;
    this.tunnelClosed = tunnelClosed;
    this.retryAfter = retryAfter;
  }

  /** The HTTP status of the answer. */
  public int status() {
    return status;
  }

  /** The service's name for this attempt, which its support asks for. */
  public Optional<String> channelId() {
    return channelId;
  }

  /** Whether the answer says that the tunnel itself is over. */
  public boolean tunnelClosed() {
    return tunnelClosed;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
