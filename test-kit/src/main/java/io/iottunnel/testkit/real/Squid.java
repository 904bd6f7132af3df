package io.iottunnel.testkit.real;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A real squid that asks who its clients are and lets those who pass CONNECT to any port. Names may
 * be given addresses that only this squid knows.
 *
 * <pre>{@code
 * Assumptions.assumeTrue(Squid.missing().isEmpty(), () -> Squid.missing().orElse(""));
 * try (Squid squid = Squid.asking(SquidLogin.basic(user)).start()) {
 *   … squid.url() …
 * }
 * }</pre>
 */
public final class Squid implements RealWebProxy {

  private static final String[] PROGRAM = {"/usr/sbin/squid", "/usr/local/sbin/squid"};

  private final Server server;
  private final WebProxy url;

  private Squid(Server server, WebProxy url) {
    this.server = server;
    this.url = url;
  }

  /** Why squid cannot run here, if it cannot. */
  public static Optional<String> missing() {
    return Server.missing("squid", Server.find(PROGRAM)).or(SquidLogin::missing);
  }

  /** A squid that lets pass whom {@code login} knows. */
  public static Builder asking(SquidLogin login) {
    return new Builder(login);
  }

  /** What a squid is made of. */
  public static final class Builder {

    private final SquidLogin login;
    private Map<String, String> hosts = Map.of();
    private @Nullable TestIdentity identity;

    private Builder(SquidLogin login) {
      this.login = login;
    }

    /** Addresses by name, for names that nobody else resolves. */
    public Builder hosts(Map<String, String> hosts) {
      this.hosts = hosts;
      return this;
    }

    /** Speaks TLS on its port, and shows {@code identity}. */
    public Builder tls(TestIdentity identity) {
      this.identity = identity;
      return this;
    }

    /** Starts it and waits until it answers. */
    public Squid start() {
      try {
        Server server = Server.prepare("squid");
        server.write(
            "hosts",
            hosts.entrySet().stream()
                .map(host -> host.getValue() + " " + host.getKey() + "\n")
                .collect(Collectors.joining("", "127.0.0.1 localhost\n", "")));
        Path configuration =
            server.write(
                "squid.conf", port(server) + login.configuration(server) + configuration(server));
        server.start(
            login.environment(),
            List.of(
                Server.find(PROGRAM).orElseThrow().toString(),
                "-N", // in the foreground
                "-n", // a name of its own for its shared memory
                "t" + server.port(),
                "-f",
                configuration.toString()));
        WebProxy url =
            new WebProxy(
                identity == null ? WebProxy.Scheme.HTTP : WebProxy.Scheme.HTTPS,
                // By name, since neither certificates nor principals are for an address.
                new HostAndPort("localhost", server.port()),
                login.user());
        return new Squid(server, url);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String port(Server server) {
      if (identity == null) {
        return "http_port 127.0.0.1:%d\n".formatted(server.port());
      }
      identity.writeTo(server.file(""));
      return "https_port 127.0.0.1:%d tls-cert=%s tls-key=%s\n"
          .formatted(server.port(), server.file("chain.pem"), server.file("key.pem"));
    }
  }

  @Override
  public WebProxy url() {
    return url;
  }

  /** Its access log has a line for each tunnel that has ended and each request refused. */
  @Override
  public List<String> awaitLogged(String text) {
    return server.awaitLine("access.log", text);
  }

  @Override
  public void close() {
    server.close();
  }

  private static String configuration(Server server) {
    return """
        visible_hostname squid.test
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
            server.file("hosts"),
            server.file("access.log"),
            server.file("cache.log"),
            server.file("squid.pid"),
            server.file(""));
  }
}
