package io.iottunnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.iottunnel.cli.e2e.NothingLeftOpen;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.secrets.Printed;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor in front of web proxies of every kind, each with what it has to find. */
@ExtendWith(NothingLeftOpen.class)
class DoctorIT {

  private static final String FORBIDDEN = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";

  private static ServiceEmulator service;
  private static Path directory;
  private static Path ca;

  private final Map<String, String> environment = new HashMap<>();
  private final List<AutoCloseable> parts = new ArrayList<>();
  private String out = "";
  private String err = "";
  private int exitCode;

  @BeforeAll
  static void start(@TempDir Path shared) throws IOException {
    directory = shared;
    service = ServiceEmulator.start();
    ca = Files.writeString(directory.resolve("ca.pem"), service.ca().rootPem());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
  }

  @Test
  void allIsWellThroughAWebProxyThatWantsAPassword() {
    Credentials user = Secrets.awkwardCredentials();
    through(leading(ScriptedWebProxy.builder().script(Script.basic(user))).url(user));

    JsonObject report = examine("-c", ca.toString());
    assertEquals(0, exitCode);
    assertEquals(
        List.of("environment warning", "dns ok", "tcp ok", "connect ok", "service-tls warning"),
        verdicts(report));
    assertEquals("HTTPS_PROXY", hop(report, "environment").get("origin").getAsString());
    JsonObject attempt = hop(report, "connect").getAsJsonArray("attempts").get(0).getAsJsonObject();
    assertEquals("basic", attempt.get("authentication").getAsString());
    assertEquals(200, attempt.get("status").getAsInt());
    assertTrue(hop(report, "service-tls").get("inspected").getAsBoolean());
    assertTrue(report.get("webProxy").getAsString().contains(user.user() + ":***@"), out);
  }

  @Test
  void allIsWellThroughAnHttpsWebProxy() {
    through(
        leading(ScriptedWebProxy.builder().tls(service.ca().leaf("localhost"))).url("localhost"));

    JsonObject report = examine("-c", ca.toString());
    assertEquals(0, exitCode);
    assertEquals(
        List.of(
            "environment ok",
            "dns ok",
            "tcp ok",
            "web-proxy-tls warning", // its certificate is a test's, and short-lived
            "connect ok",
            "service-tls warning"),
        verdicts(report));
    assertTrue(hop(report, "web-proxy-tls").get("issuer").getAsString().contains("Test"), out);
  }

  @Test
  void allIsWellWithoutAWebProxy() {
    JsonObject report = examine("-c", ca.toString());

    assertEquals(0, exitCode);
    assertEquals(
        List.of("environment ok", "dns ok", "tcp ok", "service-tls warning"), verdicts(report));
    assertTrue(report.get("webProxy").isJsonNull());
  }

  @Test
  void whatExemptsTheServiceIsSaid() {
    environment.put("HTTPS_PROXY", "http://127.0.0.1:1");
    environment.put("no_proxy", "example.com,localhost");

    JsonObject report = examine("-c", ca.toString());
    assertEquals(0, exitCode);
    JsonObject found = hop(report, "environment");
    assertEquals("localhost", found.get("noProxyEntry").getAsString());
    assertEquals("no_proxy", found.get("noProxyOrigin").getAsString());
  }

  @Test
  void aNameThatDoesNotResolveEndsAtDnsWith8() {
    environment.put("HTTPS_PROXY", "http://proxy.invalid:3128");

    assertFails(8, "dns", "cannot find the address of web proxy proxy.invalid:3128", "HTTPS_PROXY");
  }

  @Test
  void aPortWhereNobodyListensEndsAtTcpWith8() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("HTTPS_PROXY", "http://127.0.0.1:" + free.getLocalPort());
    }

    assertFails(8, "tcp", "Connection refused", "HTTPS_PROXY");
  }

  @Test
  void aWebProxyThatAsksForCredentialsEndsAtConnectWith4() {
    through(
        keep(ScriptedWebProxy.playing(Script.refusing(Script.unauthorized("Basic realm=\"r\""))))
            .url());

    JsonObject failed = assertFails(4, "connect", "407", "USER:PASSWORD@");
    JsonObject attempt = failed.getAsJsonArray("attempts").get(0).getAsJsonObject();
    assertTrue(attempt.get("authentication").isJsonNull());
    assertEquals("[\"Basic\"]", attempt.getAsJsonArray("offered").toString());
  }

  @Test
  void credentialsThatAreRefusedEndAtConnectWith4AndAreSentOnce() {
    Credentials user = Secrets.credentials();
    ScriptedWebProxy proxy = keep(ScriptedWebProxy.playing(Script.basic(user)));
    through(proxy.url(Secrets.otherPassword(user)));

    assertFails(4, "connect", user.user(), "Check user and password");
    assertEquals(1, proxy.requests().size());
  }

  @Test
  void aWebProxyThatForbidsEndsAtConnectWith4() {
    through(keep(ScriptedWebProxy.playing(Script.refusingAndClosing(FORBIDDEN))).url());

    assertFails(4, "connect", "403", "allow CONNECT to " + service.address());
  }

  @Test
  void aWebProxyThatIsNotTrustedEndsAtItsTlsWith7() {
    through(httpsProxy(TestCa.create("Unknown CA"), Script.working()));

    assertFails(7, "web-proxy-tls", "CN=Unknown CA", "--web-proxy-ca FILE");
  }

  @Test
  void httpsAtAPortOfPlainHttpEndsAtItsTlsWith4() {
    WebProxy plain =
        keep(ScriptedWebProxy.playing(Script.greeting("HTTP/1.1 400 Bad Request\r\n\r\n"))).url();
    through(new WebProxy(WebProxy.Scheme.HTTPS, plain.address(), plain.credentials()));

    assertFails(4, "web-proxy-tls", "speaks plain HTTP on that port", "HTTPS_PROXY");
  }

  @Test
  void httpAtAPortOfTlsEndsAtConnectWith4() {
    WebProxy secure = httpsProxy(service.ca(), Script.working());
    through(new WebProxy(WebProxy.Scheme.HTTP, secure.address(), secure.credentials()));

    assertFails(4, "connect", "wants TLS on that port", "http:// or https://");
  }

  @Test
  void aWebProxyThatInspectsTlsEndsAtTheServicesTlsWith7() throws IOException {
    through(inspecting(TestCa.create("Inspecting CA")));

    assertFails(7, "service-tls", "by CN=Test Intermediate CA", "-c FILE");
  }

  @Test
  void whereTheInspectorIsTrustedTheInspectionIsSaid() throws IOException {
    TestCa inspector = TestCa.create("Inspecting CA");
    through(inspecting(inspector));
    Path its = Files.writeString(directory.resolve("inspector.pem"), inspector.rootPem());

    JsonObject report = examine("-c", its.toString());
    assertEquals(0, exitCode);
    JsonObject tls = hop(report, "service-tls");
    assertTrue(tls.get("inspected").getAsBoolean());
    assertTrue(tls.get("notes").toString().contains("inspects TLS"), out);
  }

  @Test
  void notToCheckIsSaidBesideTheReportAndInIt() {
    JsonObject report = examine("-k");

    assertEquals(0, exitCode);
    assertTrue(err.contains("SECURITY WARNING"), err);
    assertTrue(hop(report, "service-tls").get("notes").toString().contains("not checked"), out);
  }

  @Test
  void aTokenIsSpentOnlyWhenThatIsAskedFor() {
    environment.put(
        "AWSIOT_TUNNEL_ACCESS_TOKEN", service.openTunnel("SSH1").end(Mode.SOURCE).token());
    int before = service.handshakes().size();
    examine("-c", ca.toString(), "-s", "5555");
    assertEquals(before, service.handshakes().size());

    JsonObject report = examine("-c", ca.toString(), "-s", "5555", "--spend-token");
    assertEquals(0, exitCode);
    assertEquals("ok", hop(report, "upgrade").get("verdict").getAsString());
    assertFalse(hop(report, "upgrade").get("channelId").isJsonNull());
  }

  @Test
  void aTokenThatIsRefusedEndsWith3() {
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", Secrets.token());

    JsonObject report = examine("-c", ca.toString(), "-m", "dst", "--spend-token");
    assertEquals(3, exitCode);
    assertTrue(hop(report, "upgrade").get("finding").getAsString().contains("400"), out);
  }

  @ParameterizedTest
  @CsvSource({
    "--json, Must specify one and only one of --region/-r or --proxy-endpoint/-e options",
    "-r eu-west-1 --web-proxy socks5://me:hidden@proxy:1, --web-proxy: the web proxy 'socks5://me:***@",
    "-r eu-west-1 --spend-token, the option '--access-token' is required but missing",
    "-r eu-west-1 --jsn, unrecognised option '--jsn'; did you mean '--json'?",
  })
  void whatCannotBeUsedEndsWith1AndNoReport(String options, String text) {
    run(options.split(" "));

    assertEquals(1, exitCode);
    assertEquals("", out);
    assertTrue(err.startsWith(text), err);
    assertTrue(err.endsWith("Try 'localproxy --help' for a list of options.\n"), err);
  }

  @Test
  void theLauncherPrintsTheReportAndNothingElse() throws InterruptedException {
    Credentials user = Secrets.awkwardCredentials();
    ScriptedWebProxy proxy =
        keep(ScriptedWebProxy.playing(Script.basic(Secrets.otherPassword(user))));
    through(proxy.url(user));
    try (LocalProxyProcess run =
        LocalProxyProcess.start(environment, "doctor", "-e", service.address().toString())) {
      assertEquals(4, run.awaitExit(), run.err());
      List<String> lines = run.out().lines().toList();
      assertTrue(lines.get(0).startsWith("warning environment"), run.out());
      assertEquals(
          "The way to %s ends at: CONNECT. Exit code 4.".formatted(service.address()),
          lines.get(lines.size() - 1));
    }
  }

  private WebProxy inspecting(TestCa inspector) {
    ServiceEmulator impostor =
        keep(ServiceEmulator.builder().certificateAuthority(inspector).start());
    return leading(ScriptedWebProxy.builder(), impostor).url();
  }

  /** A web proxy behind which the service is. */
  private ScriptedWebProxy leading(ScriptedWebProxy.Builder builder) {
    return leading(builder, service);
  }

  private ScriptedWebProxy leading(ScriptedWebProxy.Builder builder, ServiceEmulator to) {
    return keep(
        builder
            .route(
                service.address().toString(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), to.address().port()))
            .start());
  }

  private WebProxy httpsProxy(TestCa authority, Script script) {
    return keep(ScriptedWebProxy.builder().script(script).tls(authority.leaf("localhost")).start())
        .url("localhost");
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.add(part);
    return part;
  }

  private void through(WebProxy proxy) {
    environment.put("HTTPS_PROXY", WebProxyVariable.of(proxy));
  }

  /** The hop that failed, which must be this one, all behind it untried. */
  private JsonObject assertFails(int code, String hop, String finding, String remedy) {
    JsonObject report = examine();
    assertEquals(code, exitCode, out);
    assertEquals(code, report.get("exitCode").getAsInt());
    JsonObject failed = hop(report, hop);
    assertEquals("failed", failed.get("verdict").getAsString(), out);
    assertTrue(failed.get("finding").getAsString().contains(finding), out);
    assertTrue(failed.get("remedy").getAsString().contains(remedy), out);
    List<String> behind = verdicts(report);
    assertTrue(
        behind.subList(behind.indexOf(hop + " failed") + 1, behind.size()).stream()
            .allMatch(verdict -> verdict.endsWith(" untried")),
        out);
    return failed;
  }

  private JsonObject examine(String... options) {
    HostAndPort address = service.address();
    run(
        Stream.concat(Stream.of("--json", "-e", address.toString()), Stream.of(options))
            .toArray(String[]::new));
    return JsonParser.parseString(out).getAsJsonObject();
  }

  private void run(String... options) {
    ByteArrayOutputStream standardOutput = new ByteArrayOutputStream();
    ByteArrayOutputStream standardError = new ByteArrayOutputStream();
    Console console =
        new Console(
            environment,
            InputStream.nullInputStream(),
            new PrintStream(standardOutput, true, UTF_8),
            standardOutput,
            new PrintStream(standardError, true, UTF_8),
            false);
    exitCode =
        new Main(console, Signals.NONE)
            .run(Stream.concat(Stream.of("doctor"), Stream.of(options)).toArray(String[]::new));
    out = standardOutput.toString(UTF_8);
    err = standardError.toString(UTF_8);
    Printed.add("standard output of the doctor", out);
    Printed.add("standard error of the doctor", err);
  }

  private static JsonObject hop(JsonObject report, String name) {
    return hops(report)
        .filter(hop -> hop.get("hop").getAsString().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no hop " + name + " in " + report));
  }

  private static List<String> verdicts(JsonObject report) {
    return hops(report)
        .map(hop -> hop.get("hop").getAsString() + " " + hop.get("verdict").getAsString())
        .toList();
  }

  private static Stream<JsonObject> hops(JsonObject report) {
    return StreamSupport.stream(report.getAsJsonArray("hops").spliterator(), false)
        .map(JsonElement::getAsJsonObject);
  }
}
