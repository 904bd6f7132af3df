package io.iottunnel.testkit.demo;

import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.emulator.TunnelEnd;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * Everything that a tunnel needs around its two local proxies, each part on a port of 127.0.0.1.
 *
 * @param application what the clients want to reach
 * @param service the tunneling service, emulated
 * @param tunnel the one tunnel, with one service in it
 * @param webProxy lets nobody through but by the user {@value #USER} and a password made up for
 *     this run; knows the real name of the service to be the emulator
 * @param password of that user
 * @param trusted the file with the certificate that the emulator's is signed by
 */
record Surroundings(
    WebApplication application,
    ServiceEmulator service,
    Tunnel tunnel,
    ScriptedWebProxy webProxy,
    String password,
    Path trusted) {

  static final String REGION = "us-west-2";
  static final String SERVICE_NAME = "data.tunneling.iot." + REGION + ".amazonaws.com";
  static final String USER = "demo";

  private static final int TIME_LIMIT_MILLIS = 10_000;

  static Surroundings open(Cleanup cleanup, LargeFile file) throws Exception {
    WebApplication application = cleanup.open(() -> WebApplication.start(file));
    ServiceEmulator service = cleanup.open(ServiceEmulator::start);
    String password = UUID.randomUUID().toString();
    ScriptedWebProxy webProxy =
        cleanup.open(
            () ->
                ScriptedWebProxy.builder()
                    .script(Script.basic(new Credentials(USER, password)))
                    .route(
                        SERVICE_NAME + ":443",
                        new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), service.address().port()))
                    .start());
    Path trusted = Files.createTempFile("localproxy-demo-ca-", ".pem");
    cleanup.open(() -> () -> Files.delete(trusted));
    Files.writeString(trusted, service.ca().rootPem());
    return new Surroundings(
        application, service, service.openTunnel("WEB"), webProxy, password, trusted);
  }

  /** The web proxy as the user writes it, in front of a password or what stands for one. */
  String webProxyUrl(String shownPassword) {
    return "http://" + USER + ":" + shownPassword + "@127.0.0.1:" + webProxy.port();
  }

  /** What a local proxy finds in its environment. */
  Map<String, String> environment(TunnelEnd end) {
    return Map.of(
        "HTTPS_PROXY", webProxyUrl(password),
        "AWSIOT_TUNNEL_ACCESS_TOKEN", end.token(),
        "SSL_CERT_FILE", trusted.toString());
  }

  /** The status line with which the web proxy answers somebody who shows no password. */
  String answerWithoutPassword() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), webProxy.port())) {
      socket.setSoTimeout(TIME_LIMIT_MILLIS);
      String authority = SERVICE_NAME + ":443";
      socket
          .getOutputStream()
          .write(
              ("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return String.valueOf(
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine());
    }
  }

  /** What a web proxy must answer to that. */
  static boolean isRefusal(String statusLine) {
    return statusLine.startsWith("HTTP/1.1 407 ");
  }

  @Override
  public String toString() {
    return "Surroundings[" + tunnel + "]";
  }
}
