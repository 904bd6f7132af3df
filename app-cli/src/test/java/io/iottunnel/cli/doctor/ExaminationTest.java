package io.iottunnel.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.AccessToken;
import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.domain.webproxy.WebProxySelection;
import io.iottunnel.domain.webproxy.WebProxySelection.Said;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.TlsPeer;
import io.iottunnel.ports.UpgradeRequest;
import io.iottunnel.testkit.secrets.Secrets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExaminationTest {

  private static final HostAndPort SERVICE = new HostAndPort("data.example.com", 443);
  private static final TlsPeer PEER = new TlsPeer("TLSv1.3", List.of());

  private final FakeWay way = new FakeWay();
  private List<String> warnings = List.of();
  private Optional<UpgradeRequest> upgrade = Optional.empty();
  private Optional<LocalProxyException> failure = Optional.empty();

  @Test
  void everyHopThroughAnHttpsWebProxyIsTimedByItself() {
    way.telling(
        observer -> {
          way.pass(Duration.ofMillis(1));
          observer.resolved("10.0.0.1");
          way.pass(Duration.ofMillis(2));
          observer.connected();
          way.pass(Duration.ofMillis(3));
          observer.webProxySecured(PEER);
          way.pass(Duration.ofMillis(4));
          observer.connectSent();
          way.pass(Duration.ofMillis(5));
          observer.connectAnswered(new ConnectAnswer("HTTP/1.1", 200, "OK", List.of()));
        });

    List<HopReport> hops = examine("https://proxy:8443");
    assertEquals(
        List.of(
            "environment OK 0",
            "dns OK 1",
            "tcp OK 2",
            "web-proxy-tls OK 3",
            "connect OK 9",
            "service-tls OK 0"),
        summary(hops));
    assertEquals(List.of("dial data.example.com:443", "probe data.example.com:443"), way.done());
  }

  @Test
  void withoutAWebProxyTheServiceItselfIsConnectedTo() {
    way.telling(ExaminationTest::connect);

    List<HopReport> hops = examine("none");
    assertEquals(
        List.of("environment OK 0", "dns OK 0", "tcp OK 0", "service-tls OK 0"), summary(hops));
    assertEquals("data.example.com is 10.0.0.1", hops.get(1).finding());
    assertEquals("connected to 10.0.0.1:443", hops.get(2).finding());
  }

  @Test
  void whatIsToBeKnownOfTheSettingsStandsAtTheEnvironment() {
    warnings = List.of("Beware.");
    way.telling(ExaminationTest::connect);

    HopReport environment = examine("none").get(0);
    assertEquals(Verdict.WARNING, environment.verdict());
    assertEquals(List.of("Beware."), environment.notes());
  }

  @Test
  void aDeadAddressIsAWarning() {
    way.telling(
        observer -> {
          observer.resolved("10.0.0.1");
          observer.resolved("10.0.0.2");
          observer.connected();
        });

    HopReport tcp = examine("none").get(2);
    assertEquals(Verdict.WARNING, tcp.verdict());
    assertEquals("connected to 10.0.0.2:443", tcp.finding());
    assertEquals(List.of("No connection to 10.0.0.1, tried before."), tcp.notes());
  }

  @Test
  void eachSchemeOfferedAndTriedIsKept() {
    way.telling(
        observer -> {
          connect(observer);
          observer.connectAnswered(asking(Optional.of(Authentication.BASIC), "Digest", "Basic"));
          connect(observer); // anew, for another scheme
          observer.connectAnswered(
              new ConnectAnswer(
                  "HTTP/1.1", 200, "OK", List.of(), Optional.of(Authentication.DIGEST), List.of()));
        });

    HopReport connect = examine("http://proxy:80").get(3);
    assertEquals("the tunnel is open, authenticated by digest", connect.finding());
    Detail.Attempts detail = (Detail.Attempts) connect.detail();
    assertEquals(
        List.of(
            new Detail.Attempt(
                Optional.of(Authentication.BASIC), 407, "Who?", List.of("Digest", "Basic")),
            new Detail.Attempt(Optional.of(Authentication.DIGEST), 200, "OK", List.of())),
        detail.attempts());
  }

  @Test
  void aNameThatDoesNotResolveEndsAtDns() {
    way.failingToDial(new UnreachableException("no such name"));

    List<HopReport> hops = examine("http://proxy:80");
    assertEquals(
        List.of(
            "environment OK 0",
            "dns FAILED 0",
            "tcp UNTRIED 0",
            "connect UNTRIED 0",
            "service-tls UNTRIED 0"),
        summary(hops));
    assertEquals("no such name", hops.get(1).finding());
    assertRemedy(hops.get(1), "name in --web-proxy");
    assertEquals(Optional.of(UnreachableException.class), failure.map(Object::getClass));
  }

  @Test
  void aPortWhereNobodyListensEndsAtTcp() {
    way.telling(observer -> observer.resolved("10.0.0.1"))
        .failingToDial(new UnreachableException("refused"));

    HopReport tcp = examine("none").get(2);
    assertEquals(Verdict.FAILED, tcp.verdict());
    assertEquals(new Detail.Addresses(List.of("10.0.0.1")), tcp.detail());
    assertRemedy(tcp, "name it in HTTPS_PROXY");
  }

  @ParameterizedTest
  @CsvSource({
    "WITH_BACKOFF, clock",
    "AFTER_A_SESSION, --web-proxy-ca FILE",
  })
  void aWebProxyThatIsNotTrustedEndsAtItsTls(Retry retry, String remedy) {
    way.telling(ExaminationTest::connect).failingToDial(untrusted(retry));

    HopReport tls = examine("https://proxy:443").get(3);
    assertEquals(Hop.WEB_PROXY_TLS, tls.hop());
    assertEquals(Verdict.FAILED, tls.verdict());
    assertRemedy(tls, remedy);
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy:80, 407, Basic, USER:PASSWORD@",
    "http://me:hidden@proxy:80, 407, Basic, Check user and password",
    "http://me:hidden@proxy:80, 407, NTLM, cntlm",
    "http://proxy:80, 403, , allow CONNECT to data.example.com:443",
    "http://proxy:80, 302, , Log in to the network",
    "http://proxy:80, 502, , tries again by itself",
    "http://proxy:80, 405, , what it has against CONNECT",
    "http://proxy:80, 0, , http:// or https://",
  })
  void aWebProxyThatRefusesEndsAtConnect(String url, int status, String offered, String remedy) {
    way.telling(
            observer -> {
              connect(observer);
              if (offered != null) {
                observer.connectAnswered(asking(Optional.empty(), offered));
              }
            })
        .failingToDial(new WebProxyRefusedException("no", Retry.NEVER, status));

    HopReport connect = examine(url).get(3);
    assertEquals(Hop.CONNECT, connect.hop());
    assertEquals(Verdict.FAILED, connect.verdict());
    assertRemedy(connect, remedy);
  }

  @ParameterizedTest
  @CsvSource({"WITH_BACKOFF, clock", "AFTER_A_SESSION, -c FILE"})
  void aServiceThatIsNotTrustedEndsAtItsTls(Retry retry, String remedy) {
    way.telling(ExaminationTest::connect).failingInTls(untrusted(retry));

    HopReport tls = examine("http://proxy:80").get(4);
    assertEquals(Hop.SERVICE_TLS, tls.hop());
    assertEquals(Verdict.FAILED, tls.verdict());
    assertRemedy(tls, remedy);
  }

  @Test
  void theUpgradeIsTriedOnAWayOfItsOwnAndClosedInOrder() {
    askForATunnel();
    way.telling(ExaminationTest::connect);

    HopReport last = examine("none").get(4);
    assertEquals(Verdict.OK, last.verdict());
    assertEquals(new Detail.Session(Optional.of("a-channel"), "a-subprotocol"), last.detail());
    assertEquals(
        List.of(
            "dial data.example.com:443",
            "probe data.example.com:443",
            "dial data.example.com:443",
            "upgrade /tunnel?local-proxy-mode=source",
            "close session 1000"),
        way.done());
  }

  @Test
  void aTokenThatIsRefusedEndsAtTheUpgrade() {
    askForATunnel();
    way.telling(ExaminationTest::connect)
        .refusing(
            new HandshakeRejectedException(
                "no", Retry.NEVER, 400, Optional.empty(), false, Optional.empty()));

    HopReport last = examine("none").get(4);
    assertEquals(Hop.UPGRADE, last.hop());
    assertEquals(Verdict.FAILED, last.verdict());
    assertRemedy(last, "rotate the tunnel's tokens");
  }

  @Test
  void whereAnEarlierHopFailsNoTokenIsSpent() {
    askForATunnel();
    way.telling(ExaminationTest::connect).failingInTls(untrusted(Retry.AFTER_A_SESSION));

    examine("none");
    assertTrue(way.done().stream().noneMatch(done -> done.startsWith("upgrade")));
  }

  @Test
  void theInstrumentsCloseTheirThreadsLast() {
    way.instruments().close();

    assertEquals(List.of("close", "end threads"), way.done());
  }

  private List<HopReport> examine(String webProxy) {
    WebProxySelection selection =
        WebProxySelection.of(
            Optional.of(new Said(webProxy, "--web-proxy")), name -> Optional.empty(), SERVICE);
    Examination examination =
        new Examination(
            new Examination.Order(selection, SERVICE, upgrade, warnings, true),
            new Examination.Reference(InstantSource.system(), way::nanoTime, chain -> true));
    List<HopReport> hops = examination.run(way.instruments());
    failure = examination.failure();
    return hops;
  }

  private void askForATunnel() {
    upgrade =
        Optional.of(
            UpgradeRequest.forTunnel(
                SERVICE, Mode.SOURCE, new AccessToken(Secrets.token()), Optional.empty(), "sub"));
  }

  private static void connect(DialObserver observer) {
    observer.resolved("10.0.0.1");
    observer.connected();
    observer.connectSent();
  }

  private static ConnectAnswer asking(Optional<Authentication> by, String... schemes) {
    return new ConnectAnswer("HTTP/1.1", 407, "Who?", List.of(), by, List.of(schemes));
  }

  private static LocalProxyException untrusted(Retry retry) {
    return new CertificateNotTrustedException("whose is it?", retry, new Exception("test"));
  }

  private static List<String> summary(List<HopReport> hops) {
    return Stream.of(hops)
        .flatMap(List::stream)
        .map(hop -> hop.hop().id() + " " + hop.verdict() + " " + hop.took().toMillis())
        .toList();
  }

  private static void assertRemedy(HopReport hop, String expected) {
    String remedy = hop.remedy().orElseThrow();
    assertTrue(remedy.contains(expected), remedy);
  }
}
