package io.iottunnel.testkit.real;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A real Apache httpd as a web proxy ({@code mod_proxy_connect}) that asks for Digest
 * authentication and lets those who pass CONNECT to any port. It answers by HTTP/1.0.
 */
public final class Apache implements RealWebProxy {

  private static final String[] PROGRAM = {"/usr/sbin/apache2", "/usr/sbin/httpd"};
  private static final List<Path> MODULE_DIRECTORIES =
      List.of(Path.of("/usr/lib/apache2/modules"), Path.of("/usr/lib64/httpd/modules"));
  private static final List<String> MODULES =
      List.of(
          "mpm_event",
          "authn_core",
          "authn_file",
          "authz_core",
          "authz_user",
          "auth_digest",
          "proxy",
          "proxy_connect");
  private static final String REALM = "apache test";

  private final Server server;
  private final Credentials user;

  private Apache(Server server, Credentials user) {
    this.server = server;
    this.user = user;
  }

  /** Why Apache cannot run here, if it cannot. */
  public static Optional<String> missing() {
    return Server.missing("apache2", Server.find(PROGRAM))
        .or(() -> Server.missing("Apache's mod_proxy_connect", modules()));
  }

  /**
   * Starts an Apache and waits until it answers.
   *
   * @param user who may pass
   */
  public static Apache start(Credentials user) {
    try {
      Server server = Server.prepare("apache");
      server.write("passwords", PasswordFile.digest(user, REALM));
      Path configuration = server.write("apache.conf", configuration(server));
      server.start(
          List.of(
              Server.find(PROGRAM).orElseThrow().toString(),
              "-D",
              "FOREGROUND",
              "-f",
              configuration.toString()));
      return new Apache(server, user);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public WebProxy url() {
    return new WebProxy(
        WebProxy.Scheme.HTTP, new HostAndPort("127.0.0.1", server.port()), Optional.of(user));
  }

  @Override
  public List<String> awaitLogged(String text) {
    return server.awaitLine("access.log", text);
  }

  @Override
  public void close() {
    server.close();
  }

  private static String configuration(Server server) {
    Path directory = modules().orElseThrow();
    return MODULES.stream()
            .map(name -> "LoadModule %s_module %s/mod_%s.so\n".formatted(name, directory, name))
            .collect(Collectors.joining())
        + """
        User #65534
        Group #65534
        Listen 127.0.0.1:%1$d
        ServerName localhost
        ServerRoot %2$s
        DefaultRuntimeDir %2$s
        PidFile %2$s/apache.pid
        Mutex file:%2$s default
        ErrorLog %2$s/error.log
        CustomLog %2$s/access.log "%%u %%>s %%r"
        ProxyRequests On
        AllowCONNECT 1-65535
        <Proxy "*">
          AuthType Digest
          AuthName "%3$s"
          AuthUserFile %2$s/passwords
          Require valid-user
        </Proxy>
        """
            .formatted(server.port(), server.file(""), REALM);
  }

  private static Optional<Path> modules() {
    return MODULE_DIRECTORIES.stream()
        .filter(directory -> Files.isReadable(directory.resolve("mod_proxy_connect.so")))
        .findFirst();
  }
}
