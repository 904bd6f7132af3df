package io.iottunnel.testkit.real;

import io.iottunnel.domain.webproxy.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How a squid finds out who asks: a scheme of HTTP, and the helper that checks it. */
public final class SquidLogin {

  private static final String BASIC = "basic_ncsa_auth";
  private static final String DIGEST = "digest_file_auth";
  private static final String NEGOTIATE = "negotiate_kerberos_auth";
  private static final String REALM = "squid test";

  /** Writes what the helper reads, and says with which arguments it is started. */
  private interface Arguments {
    String prepare(Server server) throws IOException;
  }

  private final String scheme;
  private final String helperName;
  private final Arguments arguments;
  private final Optional<Credentials> user;
  private final Map<String, String> environment;

  private SquidLogin(
      String scheme,
      String helperName,
      Arguments arguments,
      Optional<Credentials> user,
      Map<String, String> environment) {
    this.scheme = scheme;
    this.helperName = helperName;
    this.arguments = arguments;
    this.user = user;
    this.environment = environment;
  }

  /** Basic (RFC 7617). */
  public static SquidLogin basic(Credentials user) {
    return new SquidLogin(
        "basic",
        BASIC,
        server -> server.write("passwords", PasswordFile.basic(user)).toString(),
        Optional.of(user),
        Map.of());
  }

  /** Digest (RFC 7616), by MD5, which is all that squid speaks. */
  public static SquidLogin digest(Credentials user) {
    return new SquidLogin(
        "digest",
        DIGEST,
        server -> "-c " + server.write("passwords", PasswordFile.digest(user, REALM)),
        Optional.of(user),
        Map.of());
  }

  /** Negotiate (RFC 4559): whoever has a ticket of {@code kdc} for this web proxy. */
  public static SquidLogin negotiate(Kdc kdc) {
    return new SquidLogin(
        "negotiate",
        NEGOTIATE,
        server -> "-k " + kdc.serviceKeytab() + " -s " + kdc.servicePrincipal(),
        Optional.empty(),
        kdc.serviceEnvironment());
  }

  /** Which helper is missing here, if one is. */
  static Optional<String> missing() {
    return Stream.of(BASIC, DIGEST, NEGOTIATE)
        .flatMap(helper -> Server.missing("squid's " + helper, helper(helper)).stream())
        .findFirst();
  }

  /** Who passes, where that is a matter of a password. */
  Optional<Credentials> user() {
    return user;
  }

  /** What squid and its helper want to find in their environment. */
  Map<String, String> environment() {
    return environment;
  }

  /** The lines of squid's configuration. */
  String configuration(Server server) throws IOException {
    String line = helper(helperName).orElseThrow() + " " + arguments.prepare(server);
    return """
        auth_param %1$s program %2$s
        auth_param %1$s children 2 startup=1 idle=1
        """
            .formatted(scheme, line)
        + (user.isPresent() ? "auth_param " + scheme + " realm " + REALM + "\n" : "");
  }

  private static Optional<Path> helper(String name) {
    return Server.find("/usr/lib/squid/" + name, "/usr/lib64/squid/" + name);
  }
}
