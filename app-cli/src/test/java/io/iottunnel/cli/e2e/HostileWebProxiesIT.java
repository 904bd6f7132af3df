package io.iottunnel.cli.e2e;

import static io.iottunnel.domain.webproxy.WebProxy.Scheme.HTTP;
import static io.iottunnel.domain.webproxy.WebProxy.Scheme.HTTPS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.LocalProxyProcess;
import io.iottunnel.cli.WebProxyVariable;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.TestCa.Validity;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import io.iottunnel.testkit.webproxy.WebProxyClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real command behind web proxies that do what they should not: whether the tunnel opens, what
 * the user reads, the exit code, and how often the web proxy is bothered.
 */
class HostileWebProxiesIT {

  private static ServiceEmulator service;
  private static Path ca;
  private static Path settings;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    service = ServiceEmulator.start();
    ca = Files.writeString(directory.resolve("ca.pem"), service.ca().rootPem());
    settings =
        Files.writeString(
            directory.resolve("settings.json"),
            """
            {"tunneling": {"proxy": {
              "websocket": {
                "connect_retry_count": %d, "retry_delay_ms": 1, "max_retry_delay_ms": 1},
              "web_proxy": {"answer_timeout_ms": 1500}}}}
            """
                .formatted(Hostile.ATTEMPTS - 1));
  }

  @AfterAll
  static void theJudgeFindsNothing() {
    service.close();
  }

  static List<Hostile> thatAnswerStrangely() {
    return List.of(
        opening("drips its answer", WebProxyClient::drip),
        opening("splits its answer", (client, answer) -> client.sendSplit(answer, 1, 9, 12, 37)),
        opening("says 100 first", "HTTP/1.1 100 Continue\r\n\r\n" + Script.OPENED),
        opening("speaks HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\n"),
        opening("has no reason phrase", "HTTP/1.1 200\r\n\r\n"),
        opening("says 201", "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"),
        opening("announces a length", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"),
        opening("announces pieces", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
        opening("drips over TLS", WebProxyClient::drip).showing(ca -> ca.leaf("localhost")),
        Hostile.that("wants Digest on the same connection", digestAfter("")).opensOver(1, 2),
        Hostile.that("wants Digest and closes", digestAfter("Connection: close\r\n"))
            .opensOver(2, 2),
        Hostile.that("glues bytes to its answer", Script.opening(Script.OPENED + "Good morning!"))
            .isTriedAgain("TLS"));
  }

  static List<Hostile> thatRefuse() {
    return List.of(
        Hostile.that(
                "knows another password",
                refusing(407, "Proxy-Authenticate: Basic realm=\"the realm\""))
            .endsAtOnceWith(4, "407", "the realm", "refused the credentials"),
        Hostile.that(
                "knows another password and closes",
                refusing(407, "Proxy-Authenticate: Basic realm=\"the realm\"\r\nConnection: close"))
            .endsAtOnceWith(4, "407", "the realm", "refused the credentials"),
        Hostile.that(
                "wants credentials", refusing(407, "Proxy-Authenticate: Basic realm=\"the realm\""))
            .withoutCredentials()
            .endsAtOnceWith(4, "407", "Basic"),
        Hostile.that("wants NTLM", Script.ntlm(Secrets.credentials(), "CORP"))
            .endsAtOnceWith(4, "407", "NTLM", "cntlm"),
        Hostile.that(
                "forbids",
                Script.refusing(
                    "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 16\r\n\r\nNot from here,no"))
            .endsAtOnceWith(4, "403 Forbidden", "Not from here,no", "localhost:"),
        Hostile.that("redirects", refusing(302, "Location: http://portal.example.com/login"))
            .endsAtOnceWith(4, "302", "http://portal.example.com/login"),
        Hostile.that("is overloaded", refusing(503, "X-Reason: none")).isTriedAgain("503"));
  }

  static List<Hostile> thatAreNone() {
    return List.of(
        Hostile.that("is silent", Script.silent())
            .isTriedAgain("did not answer CONNECT in 1500 ms"),
        Hostile.that("closes at once", Script.closing()).isTriedAgain("use https://"),
        Hostile.that("closes after the request", Script.closingAfterTheRequest())
            .isTriedAgain("without an answer"),
        Hostile.that("resets", Script.resetting()).isTriedAgain("without an answer"),
        Hostile.that("speaks SSH", Script.greeting("SSH-2.0-OpenSSH_9.2\r\n"))
            .isTriedAgain("SSH-2.0-OpenSSH_9.2", "Is this a web proxy?"),
        Hostile.that("has 2 MB of headers", Script.floodingHeaders(2 << 20))
            .isTriedAgain("64 KiB"));
  }

  static List<Hostile> thatAreSpokenToWrongly() {
    return List.of(
        Hostile.that("speaks TLS, and http:// was given", Script.working())
            .showing(ca -> ca.leaf("localhost"))
            .believedToSpeak(HTTP)
            .endsAtOnceWith(4, "use https://localhost:"),
        Hostile.that("speaks no TLS, and https:// was given", Script.working())
            .believedToSpeak(HTTPS)
            .endsAtOnceWith(4, "use http://localhost:"),
        Hostile.that("shows another name", Script.working())
            .showing(ca -> ca.leaf("other.example.com"))
            .endsAtOnceWith(7, "other.example.com", "localhost"),
        Hostile.that("shows an expired certificate", Script.working())
            .showing(ca -> ca.leaf(Validity.EXPIRED, "localhost"))
            .isTriedAgain("clock"),
        Hostile.that("shows a certificate of strangers", Script.working())
            .showing(ca -> TestCa.create("Strange CA").leaf("localhost"))
            .endsAtOnceWith(7, "Strange CA"));
  }

  static Stream<Arguments> behaviours() {
    Stream<Arguments> answers =
        Stream.of(thatAnswerStrangely(), thatRefuse())
            .flatMap(List::stream)
            .flatMap(
                each ->
                    Stream.of("jetty", "httpclient").map(library -> Arguments.of(each, library)));
    // What these do is noticed below HTTP, where there is only one adapter.
    Stream<Arguments> rest =
        Stream.of(thatAreNone(), thatAreSpokenToWrongly())
            .flatMap(List::stream)
            .map(each -> Arguments.of(each, "jetty"));
    return Stream.concat(answers, rest);
  }

  @ParameterizedTest(name = "{0}, with {1}")
  @MethodSource("behaviours")
  @Execution(ExecutionMode.CONCURRENT)
  void aWebProxy(Hostile hostile, String library) throws Exception {
    Tunnel tunnel = TunnelOwner.openTunnel(service, "SSH1");
    try (Site site = new Site(service)) {
      ScriptedWebProxy proxy = hostile.start(site);
      Map<String, String> environment =
          environment(tunnel.source().token(), hostile.url(proxy, site));
      try (LocalProxyProcess run = start(environment, library)) {
        if (hostile.exitCode().isEmpty()) {
          run.port();
          run.signal("TERM");
        }
        assertEquals(hostile.exitCode().orElse(0), run.awaitExit(), run.err());
        for (String words : hostile.words()) {
          assertTrue(lastLine(run).contains(words), "'" + words + "' should end: " + run.err());
        }
        assertEquals(hostile.connections(), proxy.connections(), run.err());
        assertTrue(proxy.requests().size() <= hostile.requests(), proxy.requests().toString());
      }
    }
  }

  /** It is no hostile web proxy's fault: the service that it leads to is not the real one. */
  @Test
  void aWebProxyThatInspectsTls() throws Exception {
    TestCa company = TestCa.create("Example Corp Inspection CA");
    try (Site site = new Site(service)) {
      ScriptedWebProxy inspector =
          site.keep(ScriptedWebProxy.builder().tls(company.leaf("localhost")).start());
      ScriptedWebProxy proxy =
          site.keep(
              ScriptedWebProxy.builder()
                  .route(
                      site.service().toString(),
                      new InetSocketAddress(InetAddress.getLoopbackAddress(), inspector.port()))
                  .start());
      try (LocalProxyProcess run =
          start(environment(Secrets.token(), proxy.url(site.user())), "jetty")) {
        assertEquals(7, run.awaitExit(), run.err());
        assertTrue(lastLine(run).contains("Example Corp Inspection CA"), run.err());
        assertTrue(lastLine(run).contains("inspect"), run.err());
        assertTrue(lastLine(run).contains("give it with -c FILE"), run.err());
        assertEquals(1, proxy.connections(), run.err());
      }
    }
  }

  private static Map<String, String> environment(String token, WebProxy proxy) {
    return Map.of(
        "AWSIOT_TUNNEL_ACCESS_TOKEN",
        token,
        "HTTPS_PROXY",
        WebProxyVariable.of(proxy),
        "LOCALPROXY_JAVA_OPTS",
        "-XX:TieredStopAtLevel=1"); // nothing here lives long enough to be compiled well
  }

  private static LocalProxyProcess start(Map<String, String> environment, String library) {
    return LocalProxyProcess.start(
        environment,
        "-e",
        service.address().toString(),
        "-c",
        ca.toString(),
        "--settings-json",
        settings.toString(),
        "--connect-with",
        library,
        "-s",
        "0",
        "-v",
        "6");
  }

  private static String lastLine(LocalProxyProcess run) {
    return run.err().lines().reduce("", (before, line) -> line);
  }

  private static Hostile opening(String name, String answer) {
    return Hostile.that(name, Script.opening(answer)).opensOver(1, 1);
  }

  private static Hostile opening(String name, Script.Manner manner) {
    return Hostile.that(name, Script.opening(Script.OPENED, manner)).opensOver(1, 1);
  }

  private static Script refusing(int status, String headers) {
    return Script.refusing(
        "HTTP/1.1 %d Sorry\r\n%s\r\nContent-Length: 0\r\n\r\n".formatted(status, headers));
  }

  /** Lets in whoever has heard that Digest is wanted; the answer is not checked here. */
  private static Script digestAfter(String headers) {
    return client -> {
      var request = client.request();
      while (request.values("Proxy-Authorization").stream()
          .noneMatch(v -> v.startsWith("Digest "))) {
        client.send(
            "HTTP/1.1 407 Who?\r\n"
                + headers
                + "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\n"
                + "Content-Length: 5\r\n\r\nWho?\n");
        if (!headers.isEmpty()) {
          return;
        }
        request = client.request();
      }
      client.serve(request);
    };
  }
}
