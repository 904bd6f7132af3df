package io.iottunnel.cli.doctor;

import io.iottunnel.cli.doctor.Detail.Attempt;
import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.domain.webproxy.WebProxySelection;
import java.util.Arrays;
import java.util.List;

/** What to do about a hop that failed, in the place where this user has to do it. */
final class Remedies {

  private static final String NAME_A_WEB_PROXY =
      "where only a web proxy leads out of the network, name it in HTTPS_PROXY or --web-proxy.";

  private final HostAndPort service;
  private final boolean proxied;
  private final boolean withCredentials;
  private final String place;

  Remedies(WebProxySelection selection, HostAndPort service) {
    this.service = service;
    this.proxied = selection.url().isPresent();
    this.withCredentials = selection.url().flatMap(url -> url.webProxy().credentials()).isPresent();
    this.place = selection.origin().orElse("HTTPS_PROXY");
  }

  /**
   * @param attempts the answers to CONNECT until then
   */
  String of(Hop hop, LocalProxyException failure, List<Attempt> attempts) {
    return switch (hop) {
      case ENVIRONMENT -> "Correct " + place + ".";
      case DNS -> dns();
      case TCP -> tcp();
      case WEB_PROXY_TLS -> webProxyTls(failure);
      case CONNECT -> connect(failure, attempts);
      case SERVICE_TLS -> serviceTls(failure);
      case UPGRADE ->
          "Take a fresh access token: rotate the tunnel's tokens or open a new tunnel. One that was"
              + " first used with a client token needs the same one again (-i).";
    };
  }

  private String dns() {
    return proxied
        ? "Check the web proxy's name in " + place + ", or write its IP address there."
        : "Check the service's name (-r or -e) and this device's DNS; " + NAME_A_WEB_PROXY;
  }

  private String tcp() {
    return proxied
        ? "Check the web proxy's host and port in %s, and the firewalls on the way there."
            .formatted(place)
        : "A firewall has to let %s through; %s".formatted(service, NAME_A_WEB_PROXY);
  }

  private String webProxyTls(LocalProxyException failure) {
    if (failure instanceof CertificateNotTrustedException) {
      return isAboutDates(failure)
          ? "Set this device's clock; if it is right, the web proxy needs a new certificate."
          : "Ask the web proxy's operator for its CA certificate and give it with --web-proxy-ca"
              + " FILE; if the name is wrong, correct it in "
              + place
              + ".";
    }
    return failure instanceof WebProxyRefusedException
        ? "Do what is said there; the web proxy's URL comes from " + place + "."
        : "Ask the web proxy's operator whether that port speaks TLS; if not, write http:// in "
            + place
            + ".";
  }

  private String connect(LocalProxyException failure, List<Attempt> attempts) {
    int status = failure instanceof WebProxyRefusedException refused ? refused.status() : -1;
    if (status == 407) {
      return credentials(attempts);
    }
    if (status == 403) {
      return "Ask the web proxy's operator to allow CONNECT to " + service + ".";
    }
    if (status >= 500) {
      return "Ask the web proxy's operator: its DNS or its firewall keeps it from "
          + service
          + ". A tunnel tries again by itself.";
    }
    if (status >= 300 && status < 400) {
      return "Log in to the network with a browser, or correct the web proxy's address in "
          + place
          + ".";
    }
    return status > 0
        ? "Ask the web proxy's operator what it has against CONNECT to " + service + "."
        : "Check host, port and http:// or https:// of the web proxy in " + place + ".";
  }

  private String credentials(List<Attempt> attempts) {
    boolean possible =
        attempts.stream().flatMap(attempt -> attempt.offered().stream()).anyMatch(Remedies::isOurs);
    if (!possible) {
      return "Run a helper such as cntlm beside the local proxy, which speaks what the web proxy"
          + " wants, and name that in its place.";
    }
    return withCredentials
        ? "Check user and password in "
            + place
            + ". They are not tried again, so that no account is locked."
        : "Write USER:PASSWORD@ before the host in "
            + place
            + ", or USER@ and the password in a file with --web-proxy-password-file.";
  }

  private static boolean isOurs(String scheme) {
    return Arrays.stream(Authentication.values()).anyMatch(a -> a.text().equalsIgnoreCase(scheme));
  }

  private String serviceTls(LocalProxyException failure) {
    if (failure instanceof CertificateNotTrustedException) {
      return isAboutDates(failure)
          ? "Set this device's clock."
          : "If a web proxy inspects TLS, ask its operator for its CA certificate and give it with"
              + " -c FILE, or have "
              + service.host()
              + " exempted from inspection.";
    }
    return "Something on the way ends TLS: ask whoever runs %s to let %s through untouched."
        .formatted(proxied ? "the web proxy" : "the firewall", service);
  }

  private static boolean isAboutDates(LocalProxyException failure) {
    return failure.retry() == Retry.WITH_BACKOFF;
  }
}
