package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.LocalProxyProcess;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The commands of AWS's page, each with the web proxy that it is for, and what has to come of it. A
 * program of its own, for a host that has the page's names and addresses; says of each case whether
 * it passed.
 */
final class AwsPage {

  static final String WEB_PROXY_NAME = "proxy.example.com";
  static final String WEB_PROXY_ADDRESS = "10.15.10.25";
  static final String CERTIFICATES = "/path/to/certs";

  private static final int WEB_PROXY_PORT = 1234;
  private static final Credentials USER = new Credentials("username", "password");
  private static final String US_EAST = "data.tunneling.iot.us-east-1.amazonaws.com";
  private static final String US_WEST = "data.tunneling.iot.us-west-2.amazonaws.com";

  // "Web proxy listening on an HTTP port"

  private static final String DESTINATION =
      """
      export AWSIOT_TUNNEL_ACCESS_TOKEN=${access_token}
      export HTTPS_PROXY=http:proxy.example.com:1234
      ./localproxy -r us-east-1 -d 22
      """;

  private static final String DESTINATION_WITH_CREDENTIALS =
      """
      export AWSIOT_TUNNEL_ACCESS_TOKEN=${access_token}
      export HTTPS_PROXY=http://username:password@proxy.example.com:1234
      ./localproxy -r us-east-1 -d 22
      """;

  // "Web proxy listening on an HTTPS port", where the page has http by mistake

  private static final String DESTINATION_BY_TLS =
      """
      export AWSIOT_TUNNEL_ACCESS_TOKEN=${access_token}
      export HTTPS_PROXY=http:proxy.example.com:1234
      ./localproxy -r us-east-1 -d 22 -c /path/to/certs
      """;

  private static final String DESTINATION_BY_TLS_WITH_CREDENTIALS =
      """
      export AWSIOT_TUNNEL_ACCESS_TOKEN=${access_token}
      export HTTPS_PROXY=http://username:password@proxy.example.com:1234
      ./localproxy -r us-east-1 -d 22 -c /path/to/certs
      """;

  // "Example command and output"

  private static final String SOURCE_EXAMPLE =
      """
      export AWSIOT_TUNNEL_ACCESS_TOKEN=${access_token}
      export HTTPS_PROXY=http:username:password@10.15.10.25:1234
      ./localproxy -s 5555 -v 5 -r us-west-2
      """;

  private static final String DESTINATION_EXAMPLE =
      """
      export AWSIOT_TUNNEL_ACCESS_TOKEN=${access_token}
      export HTTPS_PROXY=http:username:password@10.15.10.25:1234
      ./localproxy -d 22 -v 5 -r us-west-2
      """;

  /** The output of both examples; the page leaves out lines at its dots. */
  private static final String EXAMPLE_OUTPUT =
      """
      ...
      Parsed basic auth credentials for the URL
      Found Web proxy information in the environment variables, will use it to connect via the proxy.
      ...
      Starting proxy in MODE mode
      Attempting to establish web socket connection with endpoint wss://data.tunneling.iot.us-west-2.amazonaws.com:443
      Resolved Web proxy IP: 10.10.0.11
      Connected successfully with Web Proxy
      Successfully sent HTTP CONNECT to the Web proxy
      Full response from the Web proxy:
      HTTP/1.1 200 Connection established
      TCP tunnel established successfully
      Connected successfully with proxy server
      Successfully completed SSL handshake with proxy server
      Web socket session ID: 0a109afffee745f5-00001341-000b8138-cc6c878d80e8adb0-f186064b
      Web socket subprotocol selected: aws.iot.securetunneling-2.0
      Successfully established websocket connection with proxy server: wss://data.tunneling.iot.us-west-2.amazonaws.com:443
      Seting up web socket pings for every 5000 milliseconds
      Scheduled next read:
      ...
      Starting web socket read loop continue reading...
      """;

  private static final String MORE_AT_A_SOURCE =
      """
      Resolved bind IP: 127.0.0.1
      Listening for new connection on port 5555
      """;

  /** What the page is held to. */
  interface Case {
    void check(AwsPage page) throws Exception;
  }

  static final Map<String, Case> CASES = new LinkedHashMap<>();

  static {
    CASES.put(
        "destination, HTTP port", page -> page.destinationWorks(DESTINATION, Script.working()));
    CASES.put(
        "destination, HTTP port, credentials",
        page -> page.destinationWorks(DESTINATION_WITH_CREDENTIALS, Script.basic(USER)));
    CASES.put(
        "destination, HTTPS port, the misprint is explained",
        page -> page.misprintIsExplained(DESTINATION_BY_TLS));
    CASES.put(
        "destination, HTTPS port, credentials, the misprint is explained",
        page -> page.misprintIsExplained(DESTINATION_BY_TLS_WITH_CREDENTIALS));
    CASES.put(
        "destination, HTTPS port, the misprint corrected",
        page -> page.destinationWorksByTls(DESTINATION_BY_TLS, "https://", Script.working()));
    CASES.put(
        "destination, HTTPS port, credentials, the misprint corrected",
        page ->
            page.destinationWorksByTls(
                DESTINATION_BY_TLS_WITH_CREDENTIALS, "https://", Script.basic(USER)));
    CASES.put("examples of source and destination", AwsPage::examplesGiveTheirOutput);
  }

  private final ServiceEmulator service =
      ServiceEmulator.builder().names(US_EAST, US_WEST, "localhost").start();
  private final TunnelOwner owner = TunnelOwner.of(service);
  private final TunnelOwner.Opened tunnel = owner.open("SSH1");
  private final TestCa company = TestCa.create("Company CA");
  private final Path serviceCa;

  private AwsPage() throws IOException {
    serviceCa = Files.createTempFile("service-ca", ".pem");
    Files.writeString(serviceCa, service.ca().rootPem());
    Files.writeString(Path.of(CERTIFICATES, "company.pem"), company.rootPem());
  }

  /** Says on standard output which cases passed, and on standard error what is wrong. */
  public static void main(String[] arguments) {
    CASES.forEach(
        (name, check) -> {
          try {
            AwsPage page = new AwsPage();
            try {
              check.check(page);
            } finally {
              page.close();
            }
            System.out.println(passed(name));
          } catch (Throwable e) {
            System.err.println(name + ": " + e);
          }
        });
    System.exit(0);
  }

  static String passed(String name) {
    return "passed: " + name + ".";
  }

  private void close() throws IOException {
    owner.close();
    service.close();
    Files.delete(serviceCa);
  }

  private ScriptedWebProxy.Builder webProxy(Script script) throws IOException {
    InetSocketAddress emulator =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), service.address().port());
    return ScriptedWebProxy.builder()
        .script(script)
        .address(new InetSocketAddress(InetAddress.getAllByName(WEB_PROXY_NAME)[0], WEB_PROXY_PORT))
        .route(US_EAST + ":443", emulator)
        .route(US_WEST + ":443", emulator);
  }

  private LocalProxyProcess running(String commands, String token) {
    return LocalProxyProcess.shell(
        Map.of("access_token", token, "SSL_CERT_FILE", serviceCa.toString()), commands);
  }

  private void destinationWorks(String commands, Script script) throws Exception {
    try (ScriptedWebProxy webProxy = webProxy(script).start()) {
      destinationWorks(commands);
      assertTrue(webProxy.connections() > 0);
    }
  }

  private void destinationWorksByTls(String commands, String scheme, Script script)
      throws Exception {
    String corrected = commands.replaceFirst("HTTPS_PROXY=http:(//)?", "HTTPS_PROXY=" + scheme);
    try (ScriptedWebProxy webProxy = webProxy(script).tls(company.leaf(WEB_PROXY_NAME)).start()) {
      destinationWorks(corrected);
      assertTrue(webProxy.connections() > 0);
    }
  }

  /** Until the owner closes the tunnel, a source reaches port 22 here. */
  private void destinationWorks(String commands) throws Exception {
    try (Application ssh = Application.echoAt(22);
        LocalProxyProcess destination = running(commands, tunnel.destinationToken());
        End source = End.start(service, owner.emulated(tunnel).source(), b -> {})) {
      destination.awaitLine("SSH1 = 22");
      try (Peer client = source.client(new ServiceId("SSH1"))) {
        isEchoed(client);
      }
      owner.close(tunnel);
      endsWith0AndNoSecret(destination, tunnel.destinationToken());
      ssh.awaitConversation();
    }
  }

  private void misprintIsExplained(String commands) throws Exception {
    try (ScriptedWebProxy webProxy =
            webProxy(Script.working()).tls(company.leaf(WEB_PROXY_NAME)).start();
        LocalProxyProcess run = running(commands, tunnel.destinationToken())) {
      assertEquals(4, run.awaitExit(), run.err());
      assertTrue(
          run.err()
              .contains(
                  "this web proxy wants TLS on that port: use https://proxy.example.com:1234"),
          run.err());
      assertFalse(run.err().contains(tunnel.destinationToken()));
      assertEquals(0, service.handshakes().size());
      assertTrue(webProxy.connections() > 0);
    }
  }

  private void examplesGiveTheirOutput() throws Exception {
    try (ScriptedWebProxy webProxy = webProxy(Script.basic(USER)).start();
        Application ssh = Application.echoAt(22);
        LocalProxyProcess destination = running(DESTINATION_EXAMPLE, tunnel.destinationToken())) {
      destination.awaitLine("SSH1 = 22");
      assertGives(destination, EXAMPLE_OUTPUT.replace("MODE", "destination"), 0);
      try (LocalProxyProcess source = running(SOURCE_EXAMPLE, tunnel.sourceToken())) {
        source.awaitLine("Listening for new connection on port ");
        assertGives(source, EXAMPLE_OUTPUT.replace("MODE", "source") + MORE_AT_A_SOURCE, 1);
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), 5555)) {
          isEchoed(Peer.of(client));
        }
        owner.close(tunnel);
        endsWith0AndNoSecret(source, tunnel.sourceToken());
        endsWith0AndNoSecret(destination, tunnel.destinationToken());
      }
      ssh.awaitConversation();
      assertEquals(2, webProxy.connections());
    }
  }

  /** Line by line, as far as the page's build, its tunnel and its network are ours. */
  private void assertGives(LocalProxyProcess run, String output, int handshake) {
    LogTexts.of(run)
        .assertContainsInOrder(
            output
                .lines()
                .filter(line -> !line.equals("..."))
                .map(line -> line.replaceFirst("IP: 10\\.10\\.0\\.11$", "IP: " + WEB_PROXY_ADDRESS))
                .map(line -> line.replace("securetunneling-2.0", "securetunneling-3.0"))
                .map(line -> line.replace("every 5000 ", "every 20000 "))
                .map(
                    line ->
                        line.replaceFirst(
                            "(session ID: ).*",
                            "$1" + service.handshakes().get(handshake).channelId()))
                .toList());
  }

  private static void endsWith0AndNoSecret(LocalProxyProcess run, String token)
      throws InterruptedException {
    assertEquals(0, run.awaitExit(), run.err());
    for (String secret : List.of(token, "username:password", "dXNlcm5hbWU6cGFzc3dvcmQ")) {
      assertFalse(run.err().contains(secret), run.err());
      assertFalse(run.out().contains(secret), run.out());
    }
  }

  private static void isEchoed(Peer client) throws IOException {
    byte[] hello = "SSH-2.0-hello\r\n".getBytes(StandardCharsets.US_ASCII);
    client.send(hello);
    assertEquals(
        new String(hello, StandardCharsets.US_ASCII),
        new String(client.receive(hello.length), StandardCharsets.US_ASCII));
  }
}
