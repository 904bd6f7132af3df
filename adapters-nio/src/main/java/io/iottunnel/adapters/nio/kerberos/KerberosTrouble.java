package io.iottunnel.adapters.nio.kerberos;

import io.iottunnel.domain.Printable;
import io.iottunnel.ports.NegotiateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSException;

/**
 * What goes wrong with Kerberos, in words. The JDK tells it by the texts of its exceptions alone,
 * with the codes of RFC 4120 section 7.5.9 in parentheses, often some causes deep.
 */
final class KerberosTrouble {

  private static final int QUOTED = 200;

  /** What the JDK says, and what that means to a user. */
  private enum Known {
    NO_CLIENT("(6)", "the KDC does not know this principal"),
    NO_SERVICE(
        "(7)",
        "the KDC does not know this service: name the web proxy in its URL as its operator has"
            + " registered it, in full and by name, as in proxy.example.com; an address or an alias"
            + " will not do"),
    REVOKED("(18)", "the KDC has locked this principal"),
    KEY_EXPIRED("(23)", "the password of this principal has expired"),
    WRONG_KEY("(24)", "the keys are not those that the KDC has: get a new keytab"),
    WRONG_KEY_TOO("Checksum failed", WRONG_KEY.meaning),
    EXPIRED("(32)", "the ticket has expired: run kinit"),
    NOT_YET("(33)", "the ticket is not valid yet: check this device's clock"),
    CLOCK(
        "(37)",
        "this device's clock and the KDC's are too far apart: set the clock (NTP); five minutes are"
            + " allowed"),
    NO_ENCRYPTION(
        "(14)", "the KDC and Java share no kind of encryption: check those that krb5.conf allows"),
    NO_REALM(
        "default realm",
        "no realm is known: krb5.conf is missing, or has no default_realm (KRB5_CONFIG says where it"
            + " is)"),
    NO_KDC(
        "locate KDC",
        "no KDC is known for the realm: krb5.conf names none (KRB5_CONFIG says where it is)"),
    NO_TICKET_FOR_SERVICE(
        "(63)",
        "the ticket leads nowhere from here: check default_realm and domain_realm in krb5.conf"
            + " (KRB5_CONFIG says where it is)");

    private final String mark;
    private final String meaning;

    Known(String mark, String meaning) {
      this.mark = mark;
      this.meaning = meaning;
    }
  }

  private KerberosTrouble() {}

  /** There is no valid ticket, and no keytab to get one with. */
  static NegotiateException noTicket(Optional<Path> cache, LoginException failure) {
    String place =
        cache
            .map(
                file ->
                    Files.exists(file)
                        ? file + " holds none that is valid"
                        : file + " (KRB5CCNAME) does not exist")
            .orElse(
                "the usual file of this user holds none that is valid; KRB5CCNAME names another");
    return new NegotiateException(
        "there is no Kerberos ticket: "
            + place
            + ". Run kinit, or set KRB5_CLIENT_KTNAME to a keytab",
        failure);
  }

  /** The keytab did not get us a ticket. */
  static NegotiateException keytabRefused(Path keytab, String principal, LoginException failure) {
    return new NegotiateException(
        "the keytab " + keytab + " got no ticket for " + principal + ": " + meaning(failure),
        failure);
  }

  /** No token for the web proxy. */
  static NegotiateException noToken(String host, GSSException failure) {
    return new NegotiateException(
        "Kerberos has no ticket for the service HTTP/" + host + ": " + meaning(failure), failure);
  }

  /** What is known of the deepest cause, which is the one that the KDC or the network named. */
  private static String meaning(Exception failure) {
    return Stream.<Throwable>iterate(failure, t -> t != null, Throwable::getCause)
        .flatMap(each -> known(each).stream())
        .reduce((outer, inner) -> inner)
        .orElseGet(() -> text(failure));
  }

  private static Optional<String> known(Throwable failure) {
    String text = text(failure);
    if (failure instanceof IOException) {
      return Optional.of("no KDC answers (" + text + "); does this network lead there?");
    }
    return Stream.of(Known.values())
        .filter(known -> text.contains(known.mark))
        .map(known -> known.meaning + " (" + text + ")")
        .findFirst();
  }

  private static String text(Throwable failure) {
    return Printable.of(String.valueOf(failure.getMessage()), QUOTED);
  }
}
