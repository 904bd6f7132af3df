package io.iottunnel.testkit.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real Kerberos key distribution center (MIT's krb5kdc) for the realm {@code TUNNEL.TEST}, with
 * one service: a web proxy on {@code localhost}. Database, keys and configuration lie in a
 * directory of its own; nothing of the system's is read or written.
 */
public final class Kdc implements AutoCloseable {

  private static final String[] PROGRAM = {"/usr/sbin/krb5kdc", "/usr/local/sbin/krb5kdc"};
  private static final String[] DATABASE = {"/usr/sbin/kdb5_util", "/usr/local/sbin/kdb5_util"};
  private static final String[] ADMIN = {"/usr/sbin/kadmin.local", "/usr/local/sbin/kadmin.local"};
  private static final String[] KINIT = {"/usr/bin/kinit", "/usr/local/bin/kinit"};
  private static final String REALM = "TUNNEL.TEST";
  private static final String SERVICE = "HTTP/localhost";

  private final Server server;

  private Kdc(Server server) {
    this.server = server;
  }

  /** Why a KDC cannot run here, if it cannot. */
  public static Optional<String> missing() {
    return Server.missing("krb5kdc", Server.find(PROGRAM))
        .or(() -> Server.missing("kdb5_util", Server.find(DATABASE)))
        .or(() -> Server.missing("kadmin.local", Server.find(ADMIN)))
        .or(() -> Server.missing("kinit", Server.find(KINIT)));
  }

  /** Makes the realm, starts its KDC and waits until it answers. */
  public static Kdc start() {
    try {
      Kdc kdc = new Kdc(Server.prepare("kdc"));
      kdc.configure();
      kdc.run(DATABASE, "create", "-s", "-P", "master", "-r", REALM);
      kdc.administer("addprinc", "-randkey", SERVICE);
      kdc.keytab("service.keytab", SERVICE);
      // The web proxy's helper reads it, and has given up the rights of whoever started it.
      Files.setPosixFilePermissions(
          kdc.serviceKeytab(), PosixFilePermissions.fromString("rw-r--r--"));
      kdc.server.start(
          kdc.settings(),
          List.of(
              Server.find(PROGRAM).orElseThrow().toString(),
              "-n", // in the foreground
              "-P",
              kdc.server.file("krb5kdc.pid").toString()));
      return kdc;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new principal: a user, or another service. Its key is random: there is no password. */
  public void add(String principal) {
    administer("addprinc", "-randkey", principal);
  }

  /** Gives {@code principal} a new key: the keytabs of before are outdated. */
  public void changeKey(String principal) {
    administer("cpw", "-randkey", principal);
  }

  /** Forgets {@code principal}. */
  public void remove(String principal) {
    administer("delprinc", "-force", principal);
  }

  /** The keys of {@code user}, as a device without a human keeps them. */
  public Path keytab(String user) {
    return keytab(user + ".keytab", user);
  }

  /** A ticket cache as {@code kinit} leaves it behind. */
  public Path ticketCache(String user) {
    Path cache = server.file(user + ".cache");
    run(KINIT, "-c", cache.toString(), "-k", "-t", keytab(user).toString(), user);
    return cache;
  }

  /** The keys of the service. */
  Path serviceKeytab() {
    return server.file("service.keytab");
  }

  /** The service, with its realm. */
  String servicePrincipal() {
    return SERVICE + "@" + REALM;
  }

  /** What the service has to find in its environment; its memory of replays stays its own. */
  Map<String, String> serviceEnvironment() {
    Map<String, String> all = new HashMap<>(environment());
    all.put("KRB5RCACHENAME", "none:");
    return all;
  }

  /** What makes a program a member of this realm: {@code KRB5_CONFIG}. */
  public Map<String, String> environment() {
    return Map.of("KRB5_CONFIG", server.file("krb5.conf").toString());
  }

  /** Waits for a line with {@code text} in its log: who got which ticket, and who got none. */
  public List<String> awaitLogged(String text) {
    return server.awaitLine("kdc.log", text);
  }

  /** Answers nobody any more. What it has handed out stays where it is, until {@link #close}. */
  public void stop() {
    server.stop();
  }

  @Override
  public void close() {
    server.close();
  }

  private void configure() throws IOException {
    server.write(
        "krb5.conf",
        """
        [libdefaults]
          default_realm = %1$s
          dns_lookup_kdc = false
          dns_lookup_realm = false
          dns_canonicalize_hostname = false
          rdns = false
          udp_preference_limit = 1
        [realms]
          %1$s = {
            kdc = 127.0.0.1:%2$d
          }
        [domain_realm]
          localhost = %1$s
        [logging]
          kdc = FILE:%3$s
        """
            .formatted(REALM, server.port(), server.file("kdc.log")));
    server.write(
        "kdc.conf",
        """
        [realms]
          %1$s = {
            kdc_listen = 127.0.0.1:%2$d
            kdc_tcp_listen = 127.0.0.1:%2$d
            database_name = %3$s
            key_stash_file = %4$s
          }
        """
            .formatted(REALM, server.port(), server.file("principal"), server.file("stash")));
  }

  private Map<String, String> settings() {
    return Map.of(
        "KRB5_CONFIG",
        server.file("krb5.conf").toString(),
        "KRB5_KDC_PROFILE",
        server.file("kdc.conf").toString());
  }

  private Path keytab(String fileName, String principal) {
    Path keytab = server.file(fileName);
    administer("ktadd", "-norandkey", "-k", keytab.toString(), principal);
    return keytab;
  }

  private void administer(String... command) {
    List<String> arguments = new ArrayList<>(List.of("-r", REALM));
    arguments.addAll(List.of(command));
    run(ADMIN, arguments.toArray(String[]::new));
  }

  private void run(String[] program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Server.find(program).orElseThrow().toString());
    command.addAll(List.of(arguments));
    try {
      server.run(settings(), command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
