package io.iottunnel.adapters.nio.kerberos;

import io.iottunnel.ports.NegotiateException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where our tickets come from, as the variables of MIT's Kerberos say it. */
final class KerberosSources {

  private static final String CACHE = "KRB5CCNAME";
  private static final String KEYTAB = "KRB5_CLIENT_KTNAME";

  private final Map<String, String> environment;

  KerberosSources(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The ticket cache that was named, if one was.
   *
   * @throws NegotiateException if it is of a kind that the JDK cannot read
   */
  Optional<Path> cache() throws NegotiateException {
    return file(
        CACHE,
        "; get the ticket into a file: export " + CACHE + "=FILE:/path/of/your/choice, then kinit");
  }

  /**
   * The keytab that was named, if one was.
   *
   * @throws NegotiateException if it is of a kind that the JDK cannot read
   */
  Optional<Path> keytab() throws NegotiateException {
    return file(KEYTAB, "");
  }

  private Optional<Path> file(String variable, String remedy) throws NegotiateException {
    String value = environment.getOrDefault(variable, "");
    String path = value.startsWith("FILE:") ? value.substring("FILE:".length()) : value;
    // What is not a path begins with the name of its kind: KEYRING:, KCM:, DIR:, API:, MEMORY:
    if (path.matches("[A-Z]{2,}:.*")) {
      throw new NegotiateException(
          variable + " is '" + value + "', and Java reads only files there" + remedy);
    }
    return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
  }
}
