package io.iottunnel.adapters.nio.kerberos;

import io.iottunnel.ports.NegotiateException;
import io.iottunnel.ports.NegotiateTokens;
import java.io.File;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Kerberos tickets by way of the JDK: of the user's ticket cache ({@code KRB5CCNAME}, or where
 * {@code kinit} puts it), or else for the principal of a keytab ({@code KRB5_CLIENT_KTNAME}).
 * {@code KRB5_CONFIG} names the configuration, as for MIT's programs; the JDK wants to have it in
 * the system property {@code java.security.krb5.conf}, which is set from it if nobody has.
 *
 * <p>Nobody is asked for a password, and no JAAS configuration of the JVM's is read. Nothing of
 * Kerberos is loaded before {@link #begin}.
 */
public final class JgssNegotiateTokens implements NegotiateTokens {

  private static final String CONFIGURATION_PROPERTY = "java.security.krb5.conf";

  private final Map<String, String> environment;

  /**
   * @param environment the variables of the process, of which those of Kerberos are read
   */
  public JgssNegotiateTokens(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Exchange begin(String host) throws NegotiateException {
    requireKerberos();
    configure();
    KerberosLogin login = KerberosLogin.from(new KerberosSources(environment));
    return JgssExchange.begin(login, host);
  }

  /** Whoever links a Java runtime of his own leaves out what he does not know to be needed. */
  private static void requireKerberos() throws NegotiateException {
    Optional<String> missing =
        Stream.of("java.security.jgss", "jdk.security.auth")
            .filter(module -> ModuleLayer.boot().findModule(module).isEmpty())
            .findFirst();
    if (missing.isPresent()) {
      throw new NegotiateException(
          "this Java runtime has no Kerberos: it was made without the module "
              + missing.get()
              + "; run on a complete one, or let the web proxy offer another scheme");
    }
  }

  private void configure() {
    String named = environment.get("KRB5_CONFIG");
    if (named != null && !named.isEmpty() && System.getProperty(CONFIGURATION_PROPERTY) == null) {
      // MIT takes a list, and lets the first file win.
      System.setProperty(CONFIGURATION_PROPERTY, named.split(File.pathSeparator, 2)[0]);
    }
  }
}
