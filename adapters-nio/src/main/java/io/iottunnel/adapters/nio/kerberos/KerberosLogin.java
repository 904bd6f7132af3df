package io.iottunnel.adapters.nio.kerberos;

import io.iottunnel.ports.NegotiateException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;

/**
 * Who we are to Kerberos, with a ticket to prove it. Comes from the ticket cache while that holds a
 * valid ticket, and from the keytab otherwise.
 */
final class KerberosLogin implements AutoCloseable {

  private static final String LOGIN_MODULE = "com.sun.security.auth.module.Krb5LoginModule";

  private final LoginContext login;

  private KerberosLogin(LoginContext login) {
    this.login = login;
  }

  /**
   * Logs in. May ask a KDC.
   *
   * @throws NegotiateException if there is nothing to log in with
   */
  static KerberosLogin from(KerberosSources sources) throws NegotiateException {
    Optional<Path> keytab = sources.keytab();
    try {
      return fromCache(sources.cache());
    } catch (NegotiateException noTicket) {
      if (keytab.isEmpty()) {
        throw noTicket;
      }
    }
    return fromKeytab(keytab.get());
  }

  private static KerberosLogin fromCache(Optional<Path> cache) throws NegotiateException {
    Map<String, String> options = new HashMap<>();
    options.put("useTicketCache", "true");
    cache.ifPresent(file -> options.put("ticketCache", file.toString()));
    try {
      return login(options);
    } catch (LoginException e) {
      throw KerberosTrouble.noTicket(cache, e);
    }
  }

  private static KerberosLogin fromKeytab(Path keytab) throws NegotiateException {
    String principal = Keytab.firstPrincipal(keytab);
    try {
      return login(
          Map.of("useKeyTab", "true", "keyTab", keytab.toString(), "principal", principal));
    } catch (LoginException e) {
      throw KerberosTrouble.keytabRefused(keytab, principal, e);
    }
  }

  private static KerberosLogin login(Map<String, String> options) throws LoginException {
    Map<String, String> all = new HashMap<>(options);
    all.put("doNotPrompt", "true");
    // The network, and so its KDCs, may have changed since.
    all.put("refreshKrb5Config", "true");
    AppConfigurationEntry entry =
        new AppConfigurationEntry(LOGIN_MODULE, LoginModuleControlFlag.REQUIRED, all);
    LoginContext context =
        new LoginContext(
            "localproxy",
            new Subject(),
            null,
            new Configuration() {
              @Override
              public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {entry};
              }
            });
    context.login();
    return new KerberosLogin(context);
  }

  /** Whose tickets to use. */
  Subject subject() {
    return login.getSubject();
  }

  /** Forgets the tickets. */
  @Override
  public void close() {
    try {
      login.logout();
    } catch (LoginException e) {
      throw new IllegalStateException("tickets cannot be forgotten", e);
    }
  }
}
