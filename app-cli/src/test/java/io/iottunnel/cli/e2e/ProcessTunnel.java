package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.cli.LocalProxyProcess;
import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A tunnel of the emulator whose ends are processes of the real launcher. */
final class ProcessTunnel implements AutoCloseable {

  private final ServiceEmulator service = ServiceEmulator.start();
  private final Path directory;
  private final Tunnel tunnel;
  private final Deque<LocalProxyProcess> running = new ArrayDeque<>();

  /**
   * @param directory for what the processes read
   */
  ProcessTunnel(Path directory, String... services) {
    this.directory = directory;
    this.tunnel = TunnelOwner.openTunnel(service, services);
    write("ca.pem", service.ca().rootPem());
  }

  ServiceEmulator service() {
    return service;
  }

  Tunnel tunnel() {
    return tunnel;
  }

  /** Starts a source that listens for every service at a port of the system's choice. */
  LocalProxyProcess source(Terms terms) {
    return start(
        terms,
        Mode.SOURCE,
        "-s",
        tunnel.services().stream().map(name -> name + "=0").collect(Collectors.joining(",")));
  }

  /** Starts a destination. */
  LocalProxyProcess destination(Terms terms, Map<String, Application> applications) {
    return destination(
        terms,
        applications.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue().endpoint())
            .collect(Collectors.joining(",")));
  }

  /** Starts a destination, and waits for its session: what is sent before it is lost. */
  LocalProxyProcess destination(Terms terms, String mapping) {
    LocalProxyProcess started = start(terms, Mode.DESTINATION, "-d", mapping);
    tunnel.destination().awaitSession();
    return started;
  }

  private LocalProxyProcess start(Terms terms, Mode mode, String... mapping) {
    Path settings =
        write(mode.wireName() + ".json", "{\"tunneling\":{\"proxy\":" + terms.settings() + "}}");
    String limit =
        terms.descriptors().isPresent()
            ? "ulimit -n " + terms.descriptors().getAsInt() + " && "
            : "";
    LocalProxyProcess started =
        LocalProxyProcess.run(
            Map.of(
                "AWSIOT_TUNNEL_ACCESS_TOKEN",
                tunnel.end(mode).token(),
                "LOCALPROXY_JAVA_OPTS",
                terms.javaOptions()),
            List.of(
                "sh",
                "-c",
                limit + "exec \"$@\"",
                "sh",
                LocalProxyProcess.launcher().toString(),
                "-v5",
                "-e",
                service.address().toString(),
                "-c",
                directory.resolve("ca.pem").toString(),
                "--settings-json",
                settings.toString(),
                mapping[0],
                mapping[1]));
    running.push(started);
    return started;
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects as a client of {@code service}. */
  static Peer client(LocalProxyProcess source, String service) throws Exception {
    return Peer.of(new Socket(InetAddress.getLoopbackAddress(), source.port(service)));
  }

  /** Sends {@code bulk} as a client of {@code service} whose application echoes, and compares. */
  static void echo(LocalProxyProcess source, String service, Bulk bulk) throws Exception {
    try (Peer client = client(source, service)) {
      Bulk.exchange(client, bulk, bulk);
    }
  }

  /** Ends all that still run as they should end, and the service behind them. */
  void endInOrder() throws Exception {
    for (LocalProxyProcess run : running) {
      run.signal("TERM");
      assertEquals(0, run.awaitExit(), run.err());
    }
  }

  /** Ends everything, without regard to how. Fails where the judge has found something. */
  @Override
  public void close() {
    running.forEach(LocalProxyProcess::close);
    service.close();
  }
}
