package io.iottunnel.domain.webproxy;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.http.BadAnswerException;
import io.iottunnel.domain.http.HttpAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Why a web proxy did not open a tunnel, what to do about it, and whether to try again. */
public final class ConnectRefusal {

  private static final int NOT_HTTP = 0;
  private static final int UNAUTHORIZED = 401;

  private final WebProxy proxy;
  private final HostAndPort service;

  public ConnectRefusal(WebProxy proxy, HostAndPort service) {
    this.proxy = proxy;
    this.service = service;
  }

  /**
   * It answered in HTTP, neither with 2xx nor with 407.
   *
   * @param sent the credentials that it was sent, if any
   */
  public LocalProxyException by(HttpAnswer answer, Optional<Credentials> sent, Instant now) {
    Optional<Credentials> refused = sent.filter(user -> answer.status() == UNAUTHORIZED);
    if (refused.isPresent()) {
      return new WebProxyRefusedException(
          unauthorized(refused.get(), answer), Retry.NEVER, answer.status());
    }
    Optional<Duration> retryAfter = answer.retryAfter(now);
    return new WebProxyRefusedException(
        message(answer),
        retry(answer.status(), retryAfter.isPresent()),
        answer.status(),
        retryAfter);
  }

  /** It answered with something else. */
  public LocalProxyException by(BadAnswerException answer) {
    String what = "What " + proxy() + " answered to CONNECT " + answer.getMessage();
    if (answer.isTls()) {
      return new WebProxyRefusedException(
          what + ". This web proxy wants TLS on that port: use https://" + proxy.address() + ".",
          Retry.AFTER_A_SESSION,
          NOT_HTTP);
    }
    return new WebProxyRefusedException(
        what + ". Is this a web proxy?", Retry.WITH_BACKOFF, NOT_HTTP);
  }

  /** It closed the connection. */
  public LocalProxyException byClosing(boolean beforeAnyByte) {
    if (!beforeAnyByte) {
      return new UnreachableException(
          proxy() + " closed the connection in the middle of its answer to CONNECT.");
    }
    String hint =
        switch (proxy.scheme()) {
          case HTTP -> "If this port wants TLS, use https://";
          case HTTPS -> "If this port speaks plain HTTP, use http://";
        };
    return new UnreachableException(
        proxy()
            + " closed the connection without an answer to CONNECT. "
            + hint
            + proxy.address()
            + ".");
  }

  private static Retry retry(int status, boolean namesATime) {
    return switch (status) {
      case 408, 425, 429 -> Retry.WITH_BACKOFF;
      default ->
          status >= 500 || (status >= 400 && namesATime)
              ? Retry.WITH_BACKOFF
              : Retry.AFTER_A_SESSION;
    };
  }

  private String message(HttpAnswer answer) {
    int status = answer.status();
    if (status == 403) {
      return proxy()
          + " forbids a tunnel to "
          + service
          + ": "
          + answer.quoted()
          + "."
          + answer.saying()
          + " Ask its operator to allow CONNECT to "
          + service
          + ".";
    }
    if (status >= 500) {
      return proxy()
          + " could not reach "
          + service
          + ": "
          + answer.quoted()
          + "."
          + answer.saying();
    }
    if (status >= 300 && status < 400) {
      return proxy()
          + " answered CONNECT with "
          + answer.quoted()
          + answer.header("Location").map(location -> " and points to " + location).orElse("")
          + ". This is a captive portal (log in to the network first), or the address is not that"
          + " of a web proxy.";
    }
    return proxy()
        + " answered CONNECT to "
        + service
        + " with "
        + answer.quoted()
        + "."
        + answer.saying()
        + " Is this a web proxy, and does it allow CONNECT to port "
        + service.port()
        + "?";
  }

  /** Some web proxies say so what 407 is for: tinyproxy does. */
  private String unauthorized(Credentials refused, HttpAnswer answer) {
    return proxy()
        + " answered CONNECT with "
        + answer.quoted()
        + ", by which some web proxies refuse credentials: those of user '"
        + refused.user()
        + "'."
        + answer.saying()
        + " Check user and password; this is not tried again, so that no account is locked.";
  }

  private String proxy() {
    return named(proxy);
  }

  /** A web proxy, without its credentials. */
  static String named(WebProxy proxy) {
    return "The web proxy " + proxy.scheme().text() + "://" + proxy.address();
  }
}
