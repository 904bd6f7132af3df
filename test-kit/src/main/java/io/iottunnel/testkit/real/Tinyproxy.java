package io.iottunnel.testkit.real;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A real tinyproxy that asks for Basic authentication and lets those who pass CONNECT to any port.
 * It answers by HTTP/1.0. Names are resolved as the system does.
 */
public final class Tinyproxy implements RealWebProxy {

  private static final String[] PROGRAM = {"/usr/bin/tinyproxy", "/usr/sbin/tinyproxy"};

  private final Server server;
  private final Credentials user;

  private Tinyproxy(Server server, Credentials user) {
    this.server = server;
    this.user = user;
  }

  /** Why tinyproxy cannot run here, if it cannot. */
  public static Optional<String> missing() {
    return Server.missing("tinyproxy", Server.find(PROGRAM));
  }

  /**
   * Starts a tinyproxy and waits until it answers.
   *
   * @param user who may pass; letters and digits
   */
  public static Tinyproxy start(Credentials user) {
    try {
      Server server = Server.prepare("tinyproxy");
      // Without a ConnectPort, every port is allowed.
      Path configuration =
          server.write(
              "tinyproxy.conf",
              """
              Listen 127.0.0.1
              Port %d
              Allow 127.0.0.1
              BasicAuth %s %s
              Timeout 600
              MaxClients 100
              LogLevel Connect
              LogFile "%s"
              """
                  .formatted(
                      server.port(), user.user(), user.password(), server.file("tinyproxy.log")));
      server.start(
          List.of(
              Server.find(PROGRAM).orElseThrow().toString(), "-d", "-c", configuration.toString()));
      return new Tinyproxy(server, user);
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
    return server.awaitLine("tinyproxy.log", text);
  }

  @Override
  public void close() {
    server.close();
  }
}
