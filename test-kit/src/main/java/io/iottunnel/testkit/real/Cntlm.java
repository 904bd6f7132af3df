package io.iottunnel.testkit.real;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real cntlm: a web proxy for this machine alone that asks nobody who he is, passes everything on
 * to another web proxy, and authenticates there by NTLM (version 2).
 */
public final class Cntlm implements RealWebProxy {

  private static final String[] PROGRAM = {"/usr/sbin/cntlm", "/usr/local/sbin/cntlm"};

  private final Server server;

  private Cntlm(Server server) {
    this.server = server;
  }

  /** Why cntlm cannot run here, if it cannot. */
  public static Optional<String> missing() {
    return Server.missing("cntlm", Server.find(PROGRAM));
  }

  /**
   * Starts a cntlm and waits until it answers.
   *
   * @param webProxy the web proxy that wants NTLM
   * @param domain the Windows domain of {@code user}
   */
  public static Cntlm start(HostAndPort webProxy, String domain, Credentials user) {
    try {
      Server server = Server.prepare("cntlm");
      Path configuration =
          server.write(
              "cntlm.conf",
              """
              Username %s
              Domain   %s
              Auth     NTLMv2
              %s
              Proxy    %s
              Listen   127.0.0.1:%d
              """
                  .formatted(
                      user.user(), domain, hash(server, domain, user), webProxy, server.port()));
      server.start(
          List.of(
              Server.find(PROGRAM).orElseThrow().toString(),
              "-f", // in the foreground
              "-v", // logs every request
              "-c",
              configuration.toString()));
      return new Cntlm(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands for the password in the configuration, as {@code cntlm -H} prints it. */
  private static String hash(Server server, String domain, Credentials user) throws IOException {
    String cntlm = Server.find(PROGRAM).orElseThrow().toString();
    return server
        .run(Map.of(), List.of(cntlm, "-H", "-u", user.user(), "-d", domain, "-p", user.password()))
        .lines()
        .filter(line -> line.startsWith("PassNTLMv2"))
        .findFirst()
        .orElseThrow(() -> new IOException("cntlm -H printed no PassNTLMv2"));
  }

  @Override
  public WebProxy url() {
    return new WebProxy(
        WebProxy.Scheme.HTTP, new HostAndPort("127.0.0.1", server.port()), Optional.empty());
  }

  @Override
  public List<String> awaitLogged(String text) {
    return server.awaitLine("output.log", text);
  }

  @Override
  public void close() {
    server.close();
  }
}
