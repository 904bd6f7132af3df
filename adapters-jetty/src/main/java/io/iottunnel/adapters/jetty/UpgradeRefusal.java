package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.http.HttpAnswer;
import java.time.Instant;
import java.util.Locale;

/** What an answer other than 101 means, and what to do about it. */
final class UpgradeRefusal {

  private static final String CHANNEL_ID = "channel-id";
  private static final String STATUS_REASON = "X-Status-Reason";
  private static final String TUNNEL_CLOSED = "Tunnel is closed";

  private final HostAndPort service;
  private final HttpAnswer answer;

  private UpgradeRefusal(HostAndPort service, HttpAnswer answer) {
    this.service = service;
    this.answer = answer;
  }

  static HandshakeRejectedException of(HostAndPort service, HttpAnswer answer, Instant now) {
    return new UpgradeRefusal(service, answer).toException(now);
  }

  private HandshakeRejectedException toException(Instant now) {
    return new HandshakeRejectedException(
        message(),
        retry(),
        answer.status(),
        answer.header(CHANNEL_ID),
        isTunnelClosed(),
        answer.retryAfter(now));
  }

  private Retry retry() {
    if (isOfSomeoneElse()) {
      return Retry.AFTER_A_SESSION;
    }
    return isPassing() ? Retry.WITH_BACKOFF : Retry.NEVER;
  }

  private boolean isTunnelClosed() {
    return answer.header(STATUS_REASON).filter(TUNNEL_CLOSED::equalsIgnoreCase).isPresent();
  }

  /** The service itself never answers like this. */
  private boolean isOfSomeoneElse() {
    int status = answer.status();
    return status < 400 || (status == 403 && answer.header(CHANNEL_ID).isEmpty());
  }

  private boolean isPassing() {
    return switch (answer.status()) {
      case 408, 425, 429 -> true;
      default -> answer.status() >= 500;
    };
  }

  private String message() {
    StringBuilder text = new StringBuilder("The upgrade to a WebSocket at ").append(service);
    text.append(" was answered with ").append(answer.quoted()).append(" instead of 101.");
    text.append(answer.saying());
    answer.header(STATUS_REASON).ifPresent(r -> text.append(" Its reason: ").append(r).append('.'));
    answer.header("Location").ifPresent(l -> text.append(" It points to ").append(l).append('.'));
    answer.header(CHANNEL_ID).ifPresent(id -> text.append(" channel-id: ").append(id).append('.'));
    return text.append(' ').append(remedy()).toString();
  }

  private String remedy() {
    if (isOfSomeoneElse()) {
      return "This is probably not the service but a web proxy that inspects TLS, or the page of a"
          + " captive portal: log in to the network, or have "
          + service.host()
          + " exempted from inspection.";
    }
    if (isPassing()) {
      return "The service is not able to answer now: another attempt may succeed.";
    }
    if (isTunnelClosed()) {
      return "The tunnel is closed or has expired: open a new one.";
    }
    if (answer.text().toLowerCase(Locale.ROOT).contains("previously used")) {
      return "The access token is spent. To use it again takes the client token that it was first"
          + " used with (-i or AWSIOT_TUNNEL_CLIENT_TOKEN); else rotate the tunnel's access tokens,"
          + " or open a new tunnel.";
    }
    return "Likely the access token is wrong, spent, or that of the tunnel's other end, or the"
        + " client token is not the one that it was first used with (-i or"
        + " AWSIOT_TUNNEL_CLIENT_TOKEN): check both, rotate the tunnel's access tokens, or open a"
        + " new tunnel.";
  }
}
