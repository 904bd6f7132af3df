package io.iottunnel.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.domain.webproxy.WebProxySelection.Exemption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PresentationTest {

  private static final HostAndPort SERVICE = new HostAndPort("data.example.com", 443);

  private static final HopReport ENVIRONMENT =
      HopReport.good(
          Hop.ENVIRONMENT,
          Duration.ZERO,
          "Web proxy http://me:***@proxy:80, from HTTPS_PROXY",
          List.of("****\n*  Beware\n*  of it. *\n****"),
          new Detail.Choice(Optional.of("HTTPS_PROXY"), Optional.empty()));

  private static final HopReport DNS =
      HopReport.good(
          Hop.DNS,
          Duration.ofNanos(12_340_000),
          "proxy is 10.0.0.1",
          List.of(),
          new Detail.Addresses(List.of("10.0.0.1")));

  private static final HopReport REFUSED =
      HopReport.failed(
          Hop.CONNECT,
          Duration.ofMillis(3),
          "The web proxy refuses.",
          "Do something.",
          new Detail.Attempts(
              List.of(
                  new Detail.Attempt(
                      Optional.of(Authentication.BASIC), 407, "Who?", List.of("Digest", "Basic")),
                  new Detail.Attempt(Optional.empty(), 403, "", List.of()))));

  private static final HopReport TLS =
      HopReport.good(
          Hop.SERVICE_TLS,
          Duration.ofMillis(5),
          "TLSv1.3; all is well with M\u00fcller",
          List.of(),
          new Detail.Certificate(
              "TLSv1.3",
              "CN=M\u00fcller",
              "CN=b",
              "AA:BB",
              Instant.EPOCH,
              Instant.EPOCH.plusSeconds(1),
              Optional.of(true)));

  private static final Report BAD =
      new Report(
          "1.2.3",
          SERVICE,
          Optional.of(
              new WebProxy(
                  WebProxy.Scheme.HTTP,
                  new HostAndPort("proxy", 80),
                  Optional.of(new Credentials("me", "hidden")))),
          List.of(ENVIRONMENT, DNS, REFUSED, HopReport.untried(Hop.SERVICE_TLS)),
          4);

  private static final Report GOOD =
      new Report(
          "1.2.3",
          SERVICE,
          Optional.empty(),
          List.of(
              HopReport.good(
                  Hop.ENVIRONMENT,
                  Duration.ZERO,
                  "none",
                  List.of(),
                  new Detail.Choice(
                      Optional.of("HTTPS_PROXY"), Optional.of(new Exemption("*", "no_proxy")))),
              DNS,
              TLS,
              HopReport.good(
                  Hop.UPGRADE,
                  Duration.ofMillis(1),
                  "up",
                  List.of(),
                  new Detail.Session(Optional.of("a-channel"), "sub"))),
          0);

  @Test
  void plainLinesHaveAHeadForEachHopAndASum() {
    assertEquals(
        """
        warning environment                 Web proxy http://me:***@proxy:80, from HTTPS_PROXY
                                            note: Beware of it.
        ok      DNS                12.3 ms  proxy is 10.0.0.1
        failed  CONNECT             3.0 ms  The web proxy refuses.
                                            asked by basic: 407 Who?; it offers Digest, Basic
                                            asked without credentials: 403
                                            remedy: Do something.
        untried TLS to service              not tried: a hop before it failed
        The way to data.example.com:443 ends at: CONNECT. Exit code 4.
        """,
        text(Presentation.PLAIN, BAD));
  }

  @Test
  void aWayThatIsOpenIsSaidToBe() {
    List<String> lines = Presentation.PLAIN.lines(GOOD);

    assertEquals("The way to data.example.com:443 is open.", lines.get(lines.size() - 1));
  }

  @Test
  void thePictureShowsWhereTheWayEnds() {
    String picture = text(Presentation.PICTURE, BAD);

    assertTrue(
        picture.startsWith(
            "\n  [this device] ==X==> [web proxy http://proxy:80] - - -> [data.example.com:443]\n\n"),
        picture);
    assertTrue(picture.endsWith(text(Presentation.PLAIN, BAD)), picture);
    assertFalse(picture.contains("\033"), picture);
  }

  @Test
  void withoutAWebProxyThePictureHasOneStretch() {
    assertTrue(
        text(Presentation.PICTURE, GOOD)
            .startsWith("\n  [this device] =====> [data.example.com:443]\n\n"));
  }

  @Test
  void theColouredPictureIsThePictureInColours() {
    String coloured = text(Presentation.COLOURED_PICTURE, BAD);

    assertTrue(coloured.contains("\033["), coloured);
    assertEquals(text(Presentation.PICTURE, BAD), coloured.replaceAll("\033\\[[0-9;]*m", ""));
  }

  @Test
  void theJsonOfAWayThatEnds() {
    assertEquals(
        """
        {"version":"1.2.3","service":"data.example.com:443","webProxy":"http://me:***@proxy:80",\
        "exitCode":4,"hops":[\
        {"hop":"environment","verdict":"warning","millis":0.0,\
        "finding":"Web proxy http://me:***@proxy:80, from HTTPS_PROXY",\
        "notes":["****\\n*  Beware\\n*  of it. *\\n****"],"remedy":null,\
        "origin":"HTTPS_PROXY","noProxyEntry":null,"noProxyOrigin":null},\
        {"hop":"dns","verdict":"ok","millis":12.3,"finding":"proxy is 10.0.0.1","notes":[],\
        "remedy":null,"addresses":["10.0.0.1"]},\
        {"hop":"connect","verdict":"failed","millis":3.0,"finding":"The web proxy refuses.",\
        "notes":[],"remedy":"Do something.","attempts":[\
        {"authentication":"basic","status":407,"reason":"Who?","offered":["Digest","Basic"]},\
        {"authentication":null,"status":403,"reason":"","offered":[]}]},\
        {"hop":"service-tls","verdict":"untried","millis":0.0,\
        "finding":"not tried: a hop before it failed","notes":[],"remedy":null}]}
        """,
        text(Presentation.JSON, BAD));
  }

  @Test
  void theJsonOfAWayThatIsOpenIsAsciiAlone() {
    assertEquals(
        """
        {"version":"1.2.3","service":"data.example.com:443","webProxy":null,"exitCode":0,"hops":[\
        {"hop":"environment","verdict":"ok","millis":0.0,"finding":"none","notes":[],"remedy":null,\
        "origin":"HTTPS_PROXY","noProxyEntry":"*","noProxyOrigin":"no_proxy"},\
        {"hop":"dns","verdict":"ok","millis":12.3,"finding":"proxy is 10.0.0.1","notes":[],\
        "remedy":null,"addresses":["10.0.0.1"]},\
        {"hop":"service-tls","verdict":"ok","millis":5.0,\
        "finding":"TLSv1.3; all is well with M\\u00FCller","notes":[],"remedy":null,\
        "protocol":"TLSv1.3","subject":"CN=M\\u00FCller","issuer":"CN=b","sha256":"AA:BB",\
        "notBefore":"1970-01-01T00:00:00Z","notAfter":"1970-01-01T00:00:01Z","inspected":true},\
        {"hop":"upgrade","verdict":"ok","millis":1.0,"finding":"up","notes":[],"remedy":null,\
        "channelId":"a-channel","subprotocol":"sub"}]}
        """,
        text(Presentation.JSON, GOOD));
  }

  @Test
  void coloursAreForTerminalsAndForWhoWantsThem() {
    assertEquals(Presentation.PLAIN, Presentation.fitFor(false, Map.of()));
    assertEquals(Presentation.COLOURED_PICTURE, Presentation.fitFor(true, Map.of("NO_COLOR", "")));
    assertEquals(Presentation.PICTURE, Presentation.fitFor(true, Map.of("NO_COLOR", "1")));
    assertEquals(Presentation.PLAIN, Presentation.fitFor(true, Map.of("TERM", "dumb")));
  }

  private static String text(Presentation presentation, Report report) {
    return String.join("\n", presentation.lines(report)) + "\n";
  }
}
