package io.iottunnel.cli;

import static io.iottunnel.cli.DoctorRun.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.iottunnel.cli.e2e.NothingLeftOpen;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.UnusedPort;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    DoctorRun run = examine("-c", ca.toString());
    assertEquals(0, run.exitCode(), run.out());
    assertEquals(
        List.of("environment warning", "dns ok", "tcp ok", "connect ok", "service-tls warning"),
        run.verdicts());
    assertEquals("HTTPS_PROXY", text(run.hop("environment"), "origin"));
    JsonObject attempt = run.hop("connect").getAsJsonArray("attempts").get(0).getAsJsonObject();
    assertEquals("basic", text(attempt, "authentication"));
    assertEquals(200, attempt.get("status").getAsInt());
    assertTrue(run.hop("service-tls").get("inspected").getAsBoolean());
    assertTrue(text(run.report(), "webProxy").contains(user.user() + ":***@"), run.out());
  }

  @Test
  void allIsWellThroughAnHttpsWebProxy() {
    through(
        leading(ScriptedWebProxy.builder().tls(service.ca().leaf("localhost"))).url("localhost"));

    DoctorRun run = examine("-c", ca.toString());
    assertEquals(0, run.exitCode(), run.out());
    assertEquals(
        List.of(
            "environment ok",
            "dns ok",
            "tcp ok",
            "web-proxy-tls warning", // its certificate is a test's, and short-lived
            "connect ok",
            "service-tls warning"),
        run.verdicts());
    assertTrue(text(run.hop("web-proxy-tls"), "issuer").contains("Test"), run.out());
  }

  @Test
  void allIsWellWithoutAWebProxy() {
    DoctorRun run = examine("-c", ca.toString());

    assertEquals(0, run.exitCode(), run.out());
    assertEquals(
        List.of("environment ok", "dns ok", "tcp ok", "service-tls warning"), run.verdicts());
    assertTrue(run.report().get("webProxy").isJsonNull());
  }

  @Test
  void whatExemptsTheServiceIsSaid() {
    environment.put("HTTPS_PROXY", "http://127.0.0.1:1");
    environment.put("no_proxy", "example.com,localhost");

    DoctorRun run = examine("-c", ca.toString());
    assertEquals(0, run.exitCode(), run.out());
    JsonObject found = run.hop("environment");
    assertEquals("localhost", text(found, "noProxyEntry"));
    assertEquals("no_proxy", text(found, "noProxyOrigin"));
  }

  @Test
  void aNameThatDoesNotResolveEndsAtDnsWith8() {
    environment.put("HTTPS_PROXY", "http://proxy.invalid:3128");

    assertFails(8, "dns", "cannot find the address of web proxy proxy.invalid:3128", "HTTPS_PROXY");
  }

  @Test
  void aPortWhereNobodyListensEndsAtTcpWith8() {
    try (UnusedPort nobody = UnusedPort.keep()) {
      environment.put("HTTPS_PROXY", "http://" + nobody.endpoint());

      assertFails(8, "tcp", "Connection refused", "HTTPS_PROXY");
    }
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

    DoctorRun run = examine("-c", its.toString());
    assertEquals(0, run.exitCode(), run.out());
    JsonObject tls = run.hop("service-tls");
    assertTrue(tls.get("inspected").getAsBoolean());
    assertTrue(tls.get("notes").toString().contains("inspects TLS"), run.out());
  }

  @Test
  void notToCheckIsSaidBesideTheReportAndInIt() {
    DoctorRun run = examine("-k");

    assertEquals(0, run.exitCode(), run.out());
    assertTrue(run.err().contains("SECURITY WARNING"), run.err());
    assertTrue(run.hop("service-tls").get("notes").toString().contains("not checked"), run.out());
  }

  @Test
  void aTokenIsSpentOnlyWhenThatIsAskedFor() {
    environment.put(
        "AWSIOT_TUNNEL_ACCESS_TOKEN", service.openTunnel("SSH1").end(Mode.SOURCE).token());
    int before = service.handshakes().size();
    examine("-c", ca.toString(), "-s", "5555");
    assertEquals(before, service.handshakes().size());

    DoctorRun run = examine("-c", ca.toString(), "-s", "5555", "--spend-token");
    assertEquals(0, run.exitCode(), run.out());
    assertEquals("ok", text(run.hop("upgrade"), "verdict"));
    assertFalse(run.hop("upgrade").get("channelId").isJsonNull());
  }

  @Test
  void aTokenThatIsRefusedEndsWith3() {
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", Secrets.token());

    DoctorRun run = examine("-c", ca.toString(), "-m", "dst", "--spend-token");
    assertEquals(3, run.exitCode(), run.out());
    assertTrue(text(run.hop("upgrade"), "finding").contains("400"), run.out());
  }

  @ParameterizedTest
  @CsvSource({
    "--json, Must specify one and only one of --region/-r or --proxy-endpoint/-e options",
    "-r eu-west-1 --web-proxy socks5://me:hidden@proxy:1, --web-proxy: the web proxy 'socks5://me:***@",
    "-r eu-west-1 --spend-token, the option '--access-token' is required but missing",
    "-r eu-west-1 --jsn, unrecognised option '--jsn'; did you mean '--json'?",
  })
  void whatCannotBeUsedEndsWith1AndNoReport(String options, String text) {
    DoctorRun run = DoctorRun.with(environment, Stream.of(options.split(" ")));

    assertEquals(1, run.exitCode());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith(text), run.err());
    assertTrue(run.err().endsWith("Try 'localproxy --help' for a list of options.\n"), run.err());
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
    DoctorRun run = examine();
    assertEquals(code, run.exitCode(), run.out());
    assertEquals(code, run.report().get("exitCode").getAsInt());
    JsonObject failed = run.hop(hop);
    assertEquals("failed", text(failed, "verdict"), run.out());
    assertTrue(text(failed, "finding").contains(finding), run.out());
    assertTrue(text(failed, "remedy").contains(remedy), run.out());
    List<String> behind = run.verdicts();
    assertTrue(
        behind.subList(behind.indexOf(hop + " failed") + 1, behind.size()).stream()
            .allMatch(verdict -> verdict.endsWith(" untried")),
        run.out());
    return failed;
  }

  private DoctorRun examine(String... options) {
    Stream<String> json = Stream.of("--json", "-e", service.address().toString());
    return DoctorRun.with(environment, Stream.concat(json, Stream.of(options)));
  }
}
