package io.iottunnel.testkit.real;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A real squid that asks for Basic authentication and lets those who pass CONNECT to any port.
 * Names may be given addresses that only this squid knows.
 *
 * <pre>{@code
 * Assumptions.assumeTrue(Squid.missing().isEmpty(), () -> Squid.missing().orElse(""));
 * try (Squid squid = Squid.start(user, Map.of("data.tunneling.iot.us-west-2.amazonaws.com", "127.0.0.1"))) {
 *   … squid.url() …
 * }
 * }</pre>
 */
public final class Squid implements AutoCloseable {

  private static final String[] PROGRAM = {"/usr/sbin/squid", "/usr/local/sbin/squid"};
  private static final String[] PASSWORD_CHECKER = {
    "/usr/lib/squid/basic_ncsa_auth", "/usr/lib64/squid/basic_ncsa_auth"
  };

  private final Server server;
  private final Credentials user;

  private Squid(Server server, Credentials user) {
    this.server = server;
    this.user = user;
  }

  /** Why squid cannot run here, if it cannot. */
  public static Optional<String> missing() {
    return Server.missing("squid", Server.find(PROGRAM))
        .or(() -> Server.missing("squid's basic_ncsa_auth", Server.find(PASSWORD_CHECKER)));
  }

  /**
   * Starts a squid and waits until it answers.
   *
   * @param user who may pass
   * @param hosts addresses by name, for names that nobody else resolves
   */
  public static Squid start(Credentials user, Map<String, String> hosts) {
    try {
      Server server = Server.prepare("squid");
      server.write("passwords", user.user() + ":" + md5(user.password()) + "\n");
      server.write(
          "hosts",
          hosts.entrySet().stream()
              .map(host -> host.getValue() + " " + host.getKey() + "\n")
              .collect(Collectors.joining("", "127.0.0.1 localhost\n", "")));
      Path configuration = server.write("squid.conf", configuration(server));
      server.start(
          List.of(
              Server.find(PROGRAM).orElseThrow().toString(),
              "-N", // in the foreground
              "-n", // a name of its own for its shared memory
              "t" + server.port(),
              "-f",
              configuration.toString()));
      return new Squid(server, user);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How to reach it, with the credentials that pass. */
  public WebProxy url() {
    return new WebProxy(
        WebProxy.Scheme.HTTP, new HostAndPort("127.0.0.1", server.port()), Optional.of(user));
  }

  /** Its access log so far, a line for each tunnel that has ended and each request refused. */
  public String accessLog() {
    return server.read("access.log");
  }

  @Override
  public void close() {
    server.close();
  }

  private static String configuration(Server server) {
    return """
        http_port 127.0.0.1:%d
        visible_hostname squid.test
        auth_param basic program %s %s
        auth_param basic children 2 startup=1 idle=1
        auth_param basic realm squid test
        acl known proxy_auth REQUIRED
        http_access allow known
        http_access deny all
        hosts_file %s
        dns_nameservers 127.0.0.1
        dns_timeout 1 seconds
        access_log stdio:%s
        cache_log %s
        pid_filename %s
        coredump_dir %s
        cache deny all
        netdb_filename none
        pinger_enable off
        buffered_logs off
        max_filedescriptors 1024
        shutdown_lifetime 0 seconds
        """
        .formatted(
            server.port(),
            Server.find(PASSWORD_CHECKER).orElseThrow(),
            server.file("passwords"),
            server.file("hosts"),
            server.file("access.log"),
            server.file("cache.log"),
            server.file("squid.pid"),
            server.file(""));
  }

  /** The one form of password that the checker reads and the JDK writes. */
  private static String md5(String password) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(password.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
