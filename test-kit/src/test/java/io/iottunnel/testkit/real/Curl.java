package io.iottunnel.testkit.real;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An independent client of web proxies: what it fetches through one, nobody else serves. */
final class Curl implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/curl");
  private static final String CONTENT = "through the tunnel";

  private final HttpServer target;

  private Curl(HttpServer target) {
    this.target = target;
  }

  static Curl start() throws IOException {
    assumeTrue(Files.isExecutable(PROGRAM), "curl is not installed here");
    HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] content = CONTENT.getBytes(StandardCharsets.US_ASCII);
    target.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    target.start();
    return new Curl(target);
  }

  /** What it fetches from. */
  InetSocketAddress target() {
    return target.getAddress();
  }

  /** Whether a tunnel through {@code proxy} leads to the target, with these further options. */
  boolean passes(WebProxy proxy, Map<String, String> environment, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(PROGRAM.toString());
    command.addAll(List.of("-q", "-s", "--proxytunnel", "--proxy"));
    command.add(proxy.scheme().text() + "://" + proxy.address());
    proxy
        .credentials()
        .ifPresent(
            user -> command.addAll(List.of("--proxy-user", user.user() + ":" + user.password())));
    command.addAll(List.of(options));
    command.add("http://127.0.0.1:" + target.getAddress().getPort() + "/");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process curl = builder.start();
    byte[] output =
        Deadline.get(Background.start(() -> curl.getInputStream().readAllBytes()), "curl's output");
    return new String(output, StandardCharsets.US_ASCII).equals(CONTENT);
  }

  @Override
  public void close() {
    target.stop(0);
  }
}
