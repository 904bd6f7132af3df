package io.iottunnel.domain.webproxy;

import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.Printable;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.http.Challenges;
import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.domain.http.Secrets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why an answer 407 is the last one, in words. It always is final: to ask again with the same
 * password locks accounts.
 */
public final class AuthenticationRefusal {

  private static final int REALM_SHOWN = 100;
  private static final int SHOWN = 200;
  private static final int REASON_SHOWN = 500;
  private static final String NTLM = "NTLM";

  private final WebProxy proxy;
  private final Challenges offered;
  private final Attempts attempts;
  private final boolean basicIsRuledOut;
  private final Secrets secrets;

  /**
   * @param basicIsRuledOut whether Basic is not sent to this web proxy any more
   */
  public AuthenticationRefusal(
      WebProxy proxy, Challenges offered, Attempts attempts, boolean basicIsRuledOut) {
    this.proxy = proxy;
    this.offered = offered;
    this.attempts = attempts;
    this.basicIsRuledOut = basicIsRuledOut;
    this.secrets = proxy.secrets();
  }

  /** It was this answer. */
  public WebProxyRefusedException by(HttpAnswer answer) {
    String what =
        "%s %s (%s%s; it offers %s)."
            .formatted(
                ConnectRefusal.named(proxy),
                verdict(),
                answer.quoted(),
                offered.realm().map(r -> "; realm \"" + shown(r, REALM_SHOWN) + '"').orElse(""),
                shown(offered.toString(), SHOWN));
    return new WebProxyRefusedException(
        Stream.of(Optional.of(what), trouble(), remedy(), ntlm())
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" ")),
        Retry.NEVER,
        answer.status());
  }

  private String verdict() {
    Optional<String> user =
        proxy
            .credentials()
            .filter(credentials -> attempts.sentCredentials())
            .map(credentials -> "the credentials of user '" + credentials.user() + "'");
    Optional<String> ticket =
        attempts.sentBy(Authentication.NEGOTIATE)
            ? Optional.of("the ticket that was sent by Negotiate")
            : Optional.empty();
    String refused =
        Stream.of(user, ticket).flatMap(Optional::stream).collect(Collectors.joining(" and "));
    return refused.isEmpty() ? "asks for credentials" : "refused " + refused;
  }

  private Optional<String> trouble() {
    return attempts
        .negotiateTrouble()
        .map(why -> "Negotiate could not be used: " + shown(why, REASON_SHOWN) + ".");
  }

  private Optional<String> remedy() {
    if (attempts.sentCredentials()) {
      return Optional.of(
          "Check user and password; this is not tried again, so that no account is locked.");
    }
    if (attempts.sentBy(Authentication.NEGOTIATE)) {
      return Optional.of(
          "klist shows whose ticket that is; its operator can say whether that user may pass, and"
              + " whether it has the key of HTTP/"
              + proxy.address().host()
              + ".");
    }
    Authentication fixed = proxy.authentication();
    if (fixed != Authentication.AUTO && !offered.offer(fixed.text())) {
      return Optional.of(
          "--web-proxy-auth "
              + fixed.text()
              + " permits nothing else: leave it out, or choose what is offered.");
    }
    if (proxy.credentials().isEmpty() && takesPassword()) {
      return Optional.of(
          "Give user and password in its URL: "
              + proxy.scheme().text()
              + "://USER:PASSWORD@"
              + proxy.address()
              + ".");
    }
    if (usable(Authentication.DIGEST)) {
      return Optional.of(
          "Its Digest is not one that is supported: algorithm MD5, SHA-256 or SHA-512-256, with qop"
              + " auth or none.");
    }
    if (usable(Authentication.BASIC) && basicIsRuledOut) {
      return Optional.of(
          "Basic is not sent to it any more, since it asked for credentials before without offering"
              + " Basic; --web-proxy-auth does not change that, a new start does.");
    }
    return Stream.of(Authentication.values()).anyMatch(this::usable)
        ? Optional.empty()
        : Optional.of("Negotiate (Kerberos), Digest and Basic are supported.");
  }

  private boolean takesPassword() {
    return usable(Authentication.DIGEST) || usable(Authentication.BASIC);
  }

  private boolean usable(Authentication scheme) {
    return proxy.authentication().permits(scheme) && offered.offer(scheme.text());
  }

  private Optional<String> ntlm() {
    return offered.offer(NTLM) && !takesPassword()
        ? Optional.of(
            "NTLM is not supported, since nobody maintains an implementation of it for Java: run a"
                + " helper on this device that speaks it, such as cntlm, and use the helper as the"
                + " web proxy (--web-proxy http://127.0.0.1:3128, or HTTPS_PROXY).")
        : Optional.empty();
  }

  private String shown(String remote, int most) {
    return Printable.of(secrets.maskedIn(remote), most);
  }
}
