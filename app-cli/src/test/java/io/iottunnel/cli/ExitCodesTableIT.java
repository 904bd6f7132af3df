package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.UnusedPort;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How a local proxy that runs ends, row by row: the exit code, and what its one fatal line says.
 * {@link UsageErrorsTableIT} has code 1, {@link SignalsIT} the signals.
 */
class ExitCodesTableIT {

  @TempDir private static Path directory;
  private static ServiceEmulator service;

  @BeforeAll
  static void start() throws IOException {
    service = ServiceEmulator.start();
    Files.writeString(directory.resolve("ca.pem"), service.ca().rootPem());
    Files.writeString(
        directory.resolve("hasty.json"),
        """
        {"tunneling": {"proxy": {
          "tcp": {"connection_retry_count": 1, "connection_retry_delay_ms": 1},
          "websocket": {"connect_retry_count": 1, "retry_delay_ms": 1}}}}
        """);
  }

  @AfterAll
  static void theJudgeFindsNothing() {
    service.close();
  }

  /** What brings the end about. */
  private interface Cause {
    void of(Run run) throws Exception;
  }

  /**
   * A row.
   *
   * @param saying what is in the fatal line; nothing where there is none
   */
  private record Row(String name, int code, Cause cause, List<String> saying) {
    @Override
    public String toString() {
      return name + ": " + code;
    }
  }

  private static Row row(String name, int code, Cause cause, String... saying) {
    return new Row(name, code, cause, List.of(saying));
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(
            "the tunnel is closed",
            0,
            run -> {
              run.source("-s", "0").port();
              run.tunnel.close();
            }),
        row(
            "the access token is not known",
            3,
            run -> {
              run.environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", Secrets.token());
              run.source("-s", "0");
            },
            "400",
            "Invalid access token",
            "channel-id"),
        row(
            "the access token is spent",
            3,
            run -> {
              run.source("-s", "0", "--no-client-token").port();
              run.process.signal("TERM");
              assertEquals(0, run.process.awaitExit(), run.process.err());
              run.source("-s", "0");
            },
            "400",
            "previously used",
            "AWSIOT_TUNNEL_CLIENT_TOKEN"),
        row(
            "the access token is rotated",
            3,
            run -> {
              run.source("-s", "0").port();
              run.tunnel.rotateToken(Mode.SOURCE);
            },
            "1012",
            "Token is revoked"),
        row(
            "the web proxy wants credentials",
            4,
            run -> run.behind("HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"x\""),
            "407 Who are you"),
        row(
            "the web proxy forbids",
            4,
            run -> run.behind("HTTP/1.1 403 Forbidden"),
            "403 Forbidden",
            "localhost:"),
        row(
            "the web proxy redirects",
            4,
            run -> run.behind("HTTP/1.1 302 Found\r\nLocation: http://portal.example.com/"),
            "302 Found",
            "http://portal.example.com/"),
        row(
            "the services do not match",
            5,
            run -> run.source("-s", "SSH1=0,OTHER=0"),
            "OTHER, SSH1",
            "The tunnel has: SSH1"),
        row(
            "a local port is taken",
            6,
            run -> run.source("-s", "127.0.0.1:" + run.taken.getLocalPort()),
            "127.0.0.1:",
            "Address already in use"),
        row(
            "the service's certificate is not trusted",
            7,
            run -> {
              run.environment.remove("SSL_CERT_FILE");
              run.source("-s", "0");
            },
            "localhost"),
        row(
            "the attempts are used up",
            8,
            run -> {
              run.environment.put("HTTPS_PROXY", "http://" + run.nobody.endpoint());
              run.source("-s", "0");
            },
            "Gave up after 2 failed attempts",
            "Connection refused"),
        row(
            "something that was not foreseen",
            70,
            run -> {
              run.environment.put("LOCALPROXY_JAVA_OPTS", "-Djdk.tls.client.protocols=bogus");
              run.source("-s", "0");
            },
            "Something went wrong that should not have: ",
            "(-v 5 shows where)"));
  }

  @ParameterizedTest(name = "{0}")
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource
  void rows(Row row) throws Exception {
    try (Run run = new Run()) {
      row.cause().of(run);
      LocalProxyProcess process = run.process;
      assertEquals(row.code(), process.awaitExit(), process.err());
      List<String> fatal =
          process.err().lines().filter(line -> line.contains(" [fatal] ")).toList();
      assertEquals(row.saying().isEmpty() ? 0 : 1, fatal.size(), process.err());
      row.saying().forEach(words -> assertTrue(fatal.get(0).contains(words), fatal.get(0)));
    }
  }

  /** One local proxy, with a tunnel of its own. */
  private static final class Run implements AutoCloseable {

    final Tunnel tunnel = service.openTunnel("SSH1");
    final ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    final UnusedPort nobody = UnusedPort.keep();
    final Map<String, String> environment = new HashMap<>();
    private final List<Closeable> open = new ArrayList<>(List.<Closeable>of(taken, nobody::close));
    LocalProxyProcess process;

    Run() throws IOException {
      environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", tunnel.source().token());
      environment.put("SSL_CERT_FILE", directory.resolve("ca.pem").toString());
    }

    LocalProxyProcess source(String... options) {
      List<String> arguments = new ArrayList<>(List.of("-e", service.address().toString()));
      arguments.addAll(List.of("--settings-json", directory.resolve("hasty.json").toString()));
      arguments.addAll(List.of(options));
      process = LocalProxyProcess.start(environment, arguments.toArray(new String[0]));
      open.add(process::close);
      return process;
    }

    /** Starts it behind a web proxy that gives this answer. */
    void behind(String answer) {
      ScriptedWebProxy webProxy =
          ScriptedWebProxy.playing(
              Script.refusingAndClosing(answer + "\r\nContent-Length: 0\r\n\r\n"));
      open.add(webProxy::close);
      environment.put("HTTPS_PROXY", "http://127.0.0.1:" + webProxy.port());
      source("-s", "0");
    }

    @Override
    public void close() throws IOException {
      for (int i = open.size() - 1; i >= 0; i--) {
        open.get(i).close();
      }
    }
  }
}
