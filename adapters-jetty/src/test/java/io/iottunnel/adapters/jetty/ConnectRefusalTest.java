package io.iottunnel.adapters.jetty;

import static io.iottunnel.adapters.jetty.Talk.PROXY;
import static io.iottunnel.adapters.jetty.Talk.WITH_CREDENTIALS;
import static io.iottunnel.adapters.jetty.Talk.everySplit;
import static io.iottunnel.adapters.jetty.Talk.head;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectDialog.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a dialog says of answers that do not open the tunnel. */
class ConnectRefusalTest {

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
                        "Proxy-Authenticate: Digest algorithm=X, nonce=\"a,b\", realm=R, Basic realm=\"B\"",
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
            .saying(
                "user 'jürgen'",
                "offers Negotiate, NTLM",
                "Negotiate could not be used: this program was set up without Kerberos",
                "NTLM is not supported",
                "cntlm"),
        refusal("401 for credentials that are wrong")
            .to(WITH_CREDENTIALS)
            .answer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")
            .gives(401, Retry.NEVER)
            .saying(
                "401 Unauthorized", "by which some web proxies refuse", "user 'jürgen'", "Check"),
        refusal("401 where no credentials were sent")
            .answer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")
            .gives(401, Retry.AFTER_A_SESSION)
            .saying("401 Unauthorized", "Is this a web proxy"),
        refusal("407 that offers nothing, ended by closing")
            .answer("HTTP/1.0 407 Auth\r\n\r\nplease")
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
