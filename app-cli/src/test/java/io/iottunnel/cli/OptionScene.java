package io.iottunnel.cli;

import io.iottunnel.domain.Mode;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.TestIdentity;
import io.iottunnel.testkit.emulator.Handshake;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What stands around one local proxy of the options' table, and what happens to it. */
final class OptionScene implements AutoCloseable {

  /** What is done to the local proxy once it was started. */
  interface Plot {
    void play(LocalProxyProcess run) throws Exception;
  }

  static final String REGIONAL_NAME = "data.tunneling.iot.us-west-2.amazonaws.com";

  private static final TestCa COMPANY = TestCa.create("Company CA");

  private final ServiceEmulator service;
  private final Tunnel tunnel;
  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final Credentials user = Secrets.credentials();
  private final TestIdentity device = COMPANY.leaf("device");
  private final ServerSocket application;
  private final ScriptedWebProxy webProxy;
  private final ScriptedWebProxy openWebProxy;
  private Plot plot = run -> {};
  private Optional<InetAddress> applicationsClient = Optional.empty();

  OptionScene(ServiceEmulator service, Tunnel tunnel, Path directory) throws IOException {
    this.service = service;
    this.tunnel = tunnel;
    this.directory = Files.createDirectories(directory);
    this.application = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    this.webProxy =
        ScriptedWebProxy.builder()
            .script(Script.basic(user))
            .mutualTls(COMPANY.leaf("localhost"), COMPANY)
            .route(REGIONAL_NAME + ":443", emulator())
            .route(service.address().toString(), emulator())
            .start();
    this.openWebProxy =
        ScriptedWebProxy.builder().route(REGIONAL_NAME + ":443", emulator()).start();
  }

  private InetSocketAddress emulator() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), service.address().port());
  }

  ServiceEmulator service() {
    return service;
  }

  Tunnel tunnel() {
    return tunnel;
  }

  Credentials user() {
    return user;
  }

  ScriptedWebProxy webProxy() {
    return webProxy;
  }

  /** A web proxy for everybody, as a variable names it. */
  String openWebProxy() {
    return "http://127.0.0.1:" + openWebProxy.port();
  }

  /** Where the application of a destination is. */
  String applicationAddress() {
    return "127.0.0.1:" + application.getLocalPort();
  }

  /** From where the application was reached, once it was. */
  Optional<InetAddress> applicationsClient() {
    return applicationsClient;
  }

  /** What the service saw when this end of the tunnel connected with its access token. */
  Handshake handshake(Mode mode) {
    return service.handshakes().stream()
        .filter(seen -> seen.accessToken().equals(Optional.of(tunnel.end(mode).token())))
        .findFirst()
        .orElseThrow();
  }

  Map<String, String> environment() {
    return environment;
  }

  /** A file that only its owner can read. */
  String file(String name, String content) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, and the directory that it is in. */
  String directoryOf(String name, String content) {
    return Path.of(file(name, content)).getParent().toString();
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  String serviceCa() {
    return service.ca().rootPem();
  }

  String companyCa() {
    return COMPANY.rootPem();
  }

  TestIdentity device() {
    return device;
  }

  // What happens.

  OptionScene then(Plot what) {
    plot = what;
    return this;
  }

  void play(LocalProxyProcess run) throws Exception {
    plot.play(run);
  }

  /** A client comes, and the tunnel is closed. */
  void aClientComes(LocalProxyProcess run) throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), run.port())) {
      client.setKeepAlive(true);
      tunnel.source().awaitMessage(MessageType.STREAM_START);
      tunnel.close();
    }
  }

  /** The far end starts a stream, so that the application is reached; then the tunnel is closed. */
  void aStreamStarts() throws IOException {
    tunnel.destination().awaitSession();
    tunnel.destination().send(Message.of(MessageType.STREAM_START, "SSH1", 1, 1));
    try (Socket reached = application.accept()) {
      applicationsClient = Optional.of(reached.getInetAddress());
    }
    tunnel.close();
  }

  @Override
  public void close() throws IOException {
    webProxy.close();
    openWebProxy.close();
    application.close();
  }
}
