package io.iottunnel.adapters.jetty;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.ConnectDialog.Step;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JettyConnectDialogTest {

  private static final HostAndPort SERVICE = new HostAndPort("data.example.com", 443);
  private static final WebProxy PROXY =
      new WebProxy(
          WebProxy.Scheme.HTTP, new HostAndPort("proxy.example.com", 3128), Optional.empty());
  private static final WebProxy WITH_CREDENTIALS =
      new WebProxy(
          WebProxy.Scheme.HTTP,
          new HostAndPort("proxy.example.com", 3128),
          Optional.of(new Credentials("jürgen", "s3cret:p@ss")));
  private static final String GLUED = "\r\nGLUED\u0016\u0003";

  // The request

  @Test
  void asksForTheTunnelAndNamesTheHost() {
    assertEquals(
        head(
            "CONNECT data.example.com:443 HTTP/1.1",
            "Host: data.example.com:443",
            "User-Agent: localproxy/test"),
        requestTo(PROXY, SERVICE));
  }

  @Test
  void sendsBasicCredentialsInUtf8AtOnce() {
    String expected =
        "Proxy-Authorization: Basic "
            + Base64.getEncoder()
                .encodeToString("jürgen:s3cret:p@ss".getBytes(StandardCharsets.UTF_8))
            + "\r\n";
    String request = requestTo(WITH_CREDENTIALS, SERVICE);
    assertTrue(request.contains(expected), request);
  }

  @Test
  void putsAnIpv6TargetInBrackets() {
    String request = requestTo(PROXY, new HostAndPort("2001:db8::1", 8443));
    assertTrue(
        request.startsWith("CONNECT [2001:db8::1]:8443 HTTP/1.1\r\nHost: [2001:db8::1]:8443\r\n"),
        request);
  }

  /** These lines and a blank one. */
  private static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private static String requestTo(WebProxy proxy, HostAndPort service) {
    Step.Send send =
        new JettyConnectDialog.Factory("localproxy/test").begin(proxy, service, a -> {}).start();
    assertFalse(send.onNewConnection());
    return StandardCharsets.UTF_8.decode(send.request()).toString();
  }

  // Answers that open the tunnel, at every split of their bytes

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 Connection established\r\n\r\n",
        "HTTP/1.0 200 OK\r\nVia: 1.0 squid\r\n\r\n",
        "HTTP/1.1 200\r\n\r\n",
        "HTTP/1.1 200 \r\n\r\n",
        "HTTP/1.1 201 Made\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 299 Odd\r\n\r\n",
        "HTTP/1.1 200 OK\nServer: sloppy\n\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: none\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nbroken header line\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 100 Continue\r\nX: y\r\n\r\nHTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
      })
  void opensAndLeavesEveryByteBehindTheBlankLine(String answer) {
    everySplit(
        PROXY,
        answer + GLUED,
        talk -> {
          assertInstanceOf(Step.Opened.class, talk.last());
          assertEquals(GLUED, talk.left());
          assertEquals(1, talk.told().size(), "interim answers are not told of");
        });
  }

  @Test
  void tellsOfTheAnswerWithoutItsSecrets() {
    everySplit(
        PROXY,
        head(
            "HTTP/1.1 200 Connection established",
            "Via: 1.1 a",
            "set-cookie: id=1",
            "X: y",
            "Proxy-Authentication-Info: z"),
        talk ->
            assertEquals(
                List.of(
                    new ConnectAnswer(
                        "HTTP/1.1",
                        200,
                        "Connection established",
                        List.of(
                            new ConnectAnswer.Header("Via", "1.1 a"),
                            new ConnectAnswer.Header("X", "y")))),
                talk.told()));
  }

  // Answers that do not, at every split of their bytes

  record Refusal(
      String name,
      WebProxy proxy,
      String answer,
      boolean thenClosed,
      int status,
      Retry retry,
      Optional<Duration> retryAfter,
      List<String> says) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Refusal> refusals() {
    return Stream.of(
        refusal("407 where no credentials are known")
            .answer(
                head(
                    "HTTP/1.1 407 Proxy Authentication Required",
                    "Proxy-Authenticate: Basic realm=\"Corp, \\\"HQ\\\"\"",
                    "Content-Length: 0"))
            .gives(407, Retry.NEVER)
            .saying(
                "http://proxy.example.com:3128 asks for credentials",
                "407 Proxy Authentication Required",
                "realm \"Corp, \"HQ\"\"",
                "offers Basic",
                "http://USER:PASSWORD@proxy.example.com:3128"),
        refusal("407 for credentials that are wrong")
            .to(WITH_CREDENTIALS)
            .answer(
                head(
                        "HTTP/1.1 407 Nope",
                        "Proxy-Authenticate: Negotiate",
                        "Proxy-Authenticate: Digest qop=\"auth\", nonce=\"a,b\", realm=R, Basic realm=\"B\"",
                        "Content-Length: 4")
                    + "no!!")
            .gives(407, Retry.NEVER)
            .saying(
                "refused the credentials of user 'jürgen'",
                "407 Nope",
                "realm \"R\"",
                "offers Negotiate, Digest, Basic",
                "Check user and password"),
        refusal("407 that offers other schemes alone")
            .to(WITH_CREDENTIALS)
            .answer(
                "HTTP/1.1 407 Nope\r\nProxy-Authenticate: Negotiate, NTLM\r\nContent-Length: 0\r\n\r\n")
            .gives(407, Retry.NEVER)
            .saying("user 'jürgen'", "offers Negotiate, NTLM", "Basic, the only scheme"),
        refusal("407 that offers nothing, ended by closing")
            .answer("HTTP/1.0 407 Auth\r\n\r\nplease")
            .thenClosed()
            .gives(407, Retry.NEVER)
            .saying("asks for credentials", "offers no scheme"),
        refusal("403 with a text of known length")
            .answer(
                "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 20\r\n\r\n"
                    + "Tunnels\r\nare\u0007forbidden".substring(0, 20))
            .gives(403, Retry.AFTER_A_SESSION)
            .saying(
                "forbids a tunnel to data.example.com:443",
                "403 Forbidden",
                "\"Tunnels are\\u0007forbidd\""),
        refusal("403 with a chunked page of HTML")
            .answer(
                head(
                        "HTTP/1.1 403 Forbidden",
                        "Content-Type: text/html",
                        "Transfer-Encoding: chunked")
                    + "1a\r\n<html><style>p {}</style><\r\n14\r\np>Denied by policy</\r\n0\r\n\r\n")
            .gives(403, Retry.AFTER_A_SESSION)
            .saying("It says: \"Denied by policy\"."),
        refusal("403 whose text ends with the connection, before it should")
            .answer("HTTP/1.1 403 Forbidden\r\nContent-Length: 500\r\n\r\nNo.")
            .thenClosed()
            .gives(403, Retry.AFTER_A_SESSION)
            .saying("It says: \"No.\"."),
        refusal("403 with an endless text")
            .answer("HTTP/1.1 403 Forbidden\r\n\r\n" + "x".repeat(HttpAnswerReader.MAX_BODY))
            .gives(403, Retry.AFTER_A_SESSION)
            .saying("\"" + "x".repeat(200) + "…\""),
        refusal("403 that names a time")
            .answer("HTTP/1.1 403 Later\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n")
            .gives(403, Retry.WITH_BACKOFF)
            .after(Duration.ofSeconds(120))
            .saying("403 Later"),
        refusal("302 of a captive portal")
            .answer(
                "HTTP/1.1 302 Found\r\nLocation: http://login.example/\u0001\r\nContent-Length: 0\r\n\r\n"
                    .replace("\u0001", "?x=1"))
            .gives(302, Retry.AFTER_A_SESSION)
            .saying("302 Found", "http://login.example/?x=1", "captive portal"),
        refusal("503")
            .answer(
                "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n")
            .gives(503, Retry.WITH_BACKOFF)
            .after(Duration.ofSeconds(7))
            .saying("could not reach data.example.com:443", "503 Service Unavailable"),
        refusal("502 without a reason or a body, closed")
            .answer("HTTP/1.0 502\r\n\r\n")
            .thenClosed()
            .gives(502, Retry.WITH_BACKOFF)
            .saying("could not reach data.example.com:443: 502."),
        refusal("400 of a web server")
            .answer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            .gives(400, Retry.AFTER_A_SESSION)
            .saying(
                "400 Bad Request", "Is this a web proxy, and does it allow CONNECT to port 443?"),
        refusal("a header field that cannot be")
            .answer("HTTP/1.1 503 Busy\r\nContent-Length: many\r\n\r\n")
            .gives(503, Retry.WITH_BACKOFF)
            .saying("503 Busy"),
        refusal("a banner of SSH")
            .answer("SSH-2.0-OpenSSH_9.2p1\r\n")
            .gives(0, Retry.WITH_BACKOFF)
            .saying("begins with \"SSH-2.0-OpenSSH_9.2p1\"", "Is this a web proxy?"),
        refusal("a banner without an end")
            .answer("220 " + "long ".repeat(300))
            .gives(0, Retry.WITH_BACKOFF)
            .saying("begins with \"220 long long", "Is this a web proxy?"),
        refusal("a banner cut short")
            .answer("* OK")
            .thenClosed()
            .gives(0, Retry.WITH_BACKOFF)
            .saying("begins with \"* OK\""),
        refusal("a status line without a status")
            .answer("HTTP/1.1 fine\r\n\r\n")
            .gives(0, Retry.WITH_BACKOFF)
            .saying("begins with \"HTTP/1.1 fine\""),
        refusal("an alert of TLS")
            .answer("\u0015\u0003\u0003\u0000\u0002\u0002F")
            .gives(0, Retry.AFTER_A_SESSION)
            .saying("\\u0015", "use https://proxy.example.com:3128"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesAndSaysWhy(Refusal expected) {
    everySplit(
        expected.proxy(),
        expected.answer(),
        expected.thenClosed(),
        talk -> {
          LocalProxyException reason = assertInstanceOf(Step.Refused.class, talk.last()).reason();
          WebProxyRefusedException refused =
              assertInstanceOf(WebProxyRefusedException.class, reason);
          String message = refused.getMessage();
          assertEquals(expected.status(), refused.status());
          assertEquals(expected.retry(), refused.retry());
          assertEquals(expected.retryAfter(), refused.retryAfter());
          assertAll(
              expected.says().stream()
                  .map(part -> () -> assertTrue(message.contains(part), part + " in " + message)));
          assertFalse(message.contains("s3cret"), message);
          assertEquals(expected.status() == 0 ? 0 : 1, talk.told().size());
        });
  }

  @Test
  void headersOfMoreThan64KiBAreRefused() {
    String answer =
        "HTTP/1.1 200 OK\r\n" + ("X-Filler: " + "y".repeat(1000) + "\r\n").repeat(70) + "\r\n";
    Talk talk = Talk.with(PROXY);
    talk.receive(answer.getBytes(StandardCharsets.UTF_8));
    String message = assertInstanceOf(Step.Refused.class, talk.last()).reason().getMessage();
    assertTrue(message.contains("more than 64 KiB of header fields"), message);
  }

  @Test
  void headersOfLessThan64KiBAreTaken() {
    String answer =
        "HTTP/1.1 200 OK\r\n" + ("X-Filler: " + "y".repeat(1000) + "\r\n").repeat(60) + "\r\n";
    Talk talk = Talk.with(PROXY);
    talk.receive(answer.getBytes(StandardCharsets.UTF_8));
    assertInstanceOf(Step.Opened.class, talk.last());
  }

  @Test
  void aChallengeAsLongAsAHeadMayBeIsRead() {
    Talk talk = Talk.with(PROXY);
    String realm = "a\\\"b,c".repeat(4000);
    talk.receive(
        head(
                "HTTP/1.1 407 Auth",
                "Proxy-Authenticate: Basic realm=\"" + realm + "\"" + ", Odd".repeat(5000),
                "Content-Length: 0")
            .getBytes(StandardCharsets.UTF_8));
    String message = assertInstanceOf(Step.Refused.class, talk.last()).reason().getMessage();
    assertTrue(message.contains("realm \"a\"b,c"), message);
    assertTrue(message.contains("it offers Basic, Odd"), message);
    assertTrue(message.length() < 600, message);
  }

  @Test
  void interimAnswersWithoutEndAreRefused() {
    String answer = "HTTP/1.1 100 Continue\r\n\r\n".repeat(3000);
    Talk talk = Talk.with(PROXY);
    talk.receive(answer.getBytes(StandardCharsets.UTF_8));
    assertInstanceOf(Step.Refused.class, talk.last());
  }

  @Test
  void closingBeforeAnyByteIsToBeTriedAgainAndNamesTls() {
    Talk talk = Talk.with(PROXY);
    talk.end();
    LocalProxyException reason = assertInstanceOf(Step.Refused.class, talk.last()).reason();
    assertInstanceOf(UnreachableException.class, reason);
    assertTrue(
        reason.getMessage().contains("If this port wants TLS, use https://proxy.example.com:3128"),
        reason.getMessage());
  }

  @Test
  void closingInTheMiddleOfAHeadIsToBeTriedAgain() {
    Talk talk = Talk.with(PROXY);
    talk.receive("HTTP/1.1 200 OK\r\nVia".getBytes(StandardCharsets.UTF_8));
    assertInstanceOf(Step.NeedMore.class, talk.last());
    talk.end();
    LocalProxyException reason = assertInstanceOf(Step.Refused.class, talk.last()).reason();
    assertInstanceOf(UnreachableException.class, reason);
    assertTrue(reason.getMessage().contains("in the middle"), reason.getMessage());
  }

  // Machinery

  private static void everySplit(WebProxy proxy, String answer, Check check) {
    everySplit(proxy, answer, false, check);
  }

  /** In two pieces, cut at every place, and byte by byte. */
  private static void everySplit(WebProxy proxy, String answer, boolean thenClosed, Check check) {
    byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
    int step = Math.max(1, bytes.length / 500);
    for (int cut = 0; cut < bytes.length; cut += step) {
      Talk talk = Talk.with(proxy);
      talk.receive(slice(bytes, 0, cut));
      talk.receive(slice(bytes, cut, bytes.length));
      finish(talk, thenClosed, check);
    }
    Talk dripping = Talk.with(proxy);
    for (int i = 0; i < bytes.length; i++) {
      dripping.receive(slice(bytes, i, i + 1));
    }
    finish(dripping, thenClosed, check);
  }

  private static void finish(Talk talk, boolean thenClosed, Check check) {
    if (thenClosed) {
      assertInstanceOf(Step.NeedMore.class, talk.last());
      talk.end();
    }
    check.of(talk);
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    byte[] part = new byte[to - from];
    System.arraycopy(bytes, from, part, 0, part.length);
    return part;
  }

  private interface Check {
    void of(Talk talk);
  }

  /** A dialog under way: what is received behind the last step is only collected. */
  private static final class Talk {
    private final List<ConnectAnswer> told = new ArrayList<>();
    private final StringBuilder left = new StringBuilder();
    private final ConnectDialog dialog;
    private Step last;

    private Talk(WebProxy proxy) {
      dialog = new JettyConnectDialog.Factory("localproxy/test").begin(proxy, SERVICE, told::add);
      last = dialog.start();
    }

    static Talk with(WebProxy proxy) {
      return new Talk(proxy);
    }

    void receive(byte[] bytes) {
      ByteBuffer received = ByteBuffer.wrap(bytes);
      boolean goesOn = last instanceof Step.Send || last instanceof Step.NeedMore;
      if (goesOn && received.hasRemaining()) {
        last = dialog.receive(received);
      }
      left.append(StandardCharsets.ISO_8859_1.decode(received));
    }

    void end() {
      last = dialog.endOfStream();
    }

    Step last() {
      return last;
    }

    List<ConnectAnswer> told() {
      return told;
    }

    String left() {
      return left.toString();
    }
  }

  private static RefusalBuilder refusal(String name) {
    return new RefusalBuilder(name);
  }

  private static final class RefusalBuilder {
    private final String name;
    private WebProxy proxy = PROXY;
    private String answer = "";
    private boolean thenClosed;
    private int status;
    private Retry retry = Retry.NEVER;
    private Optional<Duration> retryAfter = Optional.empty();

    RefusalBuilder(String name) {
      this.name = name;
    }

    RefusalBuilder to(WebProxy proxy) {
      this.proxy = proxy;
      return this;
    }

    RefusalBuilder answer(String answer) {
      this.answer = answer;
      return this;
    }

    RefusalBuilder thenClosed() {
      thenClosed = true;
      return this;
    }

    RefusalBuilder gives(int status, Retry retry) {
      this.status = status;
      this.retry = retry;
      return this;
    }

    RefusalBuilder after(Duration wait) {
      retryAfter = Optional.of(wait);
      return this;
    }

    Refusal saying(String... parts) {
      return new Refusal(
          name, proxy, answer, thenClosed, status, retry, retryAfter, List.of(parts));
    }
  }
}
