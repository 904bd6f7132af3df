package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Web proxies that answer and do not open the tunnel: what is retried, and what the user reads. */
public interface RefusalRules {

  /** No message is longer, whatever the web proxy wrote. */
  int LONGEST_MESSAGE = 2000;

  /** The dialer under test. */
  DialerBench bench();

  /** 407, and no credentials to give: final; the message names the schemes that are offered. */
  @Test
  default void d60_407WithoutCredentialsIsFinal() {
    ScriptedWebProxy proxy =
        bench().playing(Script.refusing(Script.unauthorized("Negotiate", "Basic realm=\"r\"")));
    WebProxyRefusedException failure = refused(proxy.url(), 407, Retry.NEVER);

    Messages.name(failure, "407 Proxy Authentication Required", "Negotiate", "Basic");
    assertEquals(1, proxy.requests().size(), "requests");
  }

  /**
   * 407 to the credentials: final, after one request that carried them. A second one brings the
   * user's account closer to being locked. The message names the web proxy, its realm, the schemes
   * and the user.
   */
  @Test
  default void d61_refusedCredentialsAreNotSentAgain() {
    ScriptedWebProxy proxy =
        bench()
            .playing(
                Script.refusing(Script.unauthorized("Basic realm=\"the realm\"", "Negotiate")));
    WebProxyRefusedException failure = refused(proxy.url(bench().user()), 407, Retry.NEVER);

    Messages.name(
        failure,
        proxy.url().address().toString(),
        "the realm",
        "Basic",
        "Negotiate",
        bench().user().user());
    assertEquals(1, proxy.authorizations().size(), "requests with credentials");
  }

  /** The same on a connection that the web proxy closes, by HTTP/1.1 and by HTTP/1.0. */
  @Test
  default void d62_refusedCredentialsAreNotSentAgainOnANewConnection() {
    for (String start :
        new String[] {"HTTP/1.1 407 No\r\nConnection: close\r\n", "HTTP/1.0 407 No\r\n"}) {
      ScriptedWebProxy proxy =
          bench()
              .playing(
                  Script.refusingAndClosing(
                      start + "Proxy-Authenticate: Basic realm=\"r\"\r\n\r\n<html>"));
      refused(proxy.url(bench().user()), 407, Retry.NEVER);
      assertEquals(1, proxy.authorizations().size(), "requests with credentials");
    }
  }

  /** 407 that offers nothing that can be done with a password: final, and said. */
  @Test
  default void d63_aSchemeThatIsNotSpokenIsNamed() {
    ScriptedWebProxy proxy = bench().playing(Script.refusing(Script.unauthorized("Bearer")));
    WebProxyRefusedException failure = refused(proxy.url(bench().user()), 407, Retry.NEVER);

    Messages.name(failure, "Bearer");
  }

  /** 403: the policy forbids this host and port; its text is quoted. */
  @Test
  default void d64_403QuotesTheTextAndNamesTheTarget() {
    String text = "Access to this site is blocked by Example Corp.";
    ScriptedWebProxy proxy =
        bench().playing(Script.refusing(withBody("403 Forbidden", "text/plain", text)));

    Messages.name(
        refused(proxy.url(), 403, Retry.AFTER_A_SESSION),
        "403 Forbidden",
        text,
        DialerBench.SERVICE.toString());
  }

  /** A text in pieces (RFC 9112 section 7.1) is quoted without what holds the pieces together. */
  @Test
  default void d65_aChunkedTextIsQuotedToo() {
    ScriptedWebProxy proxy =
        bench()
            .playing(
                Script.refusing(
                    String.join(
                        "\r\n",
                        "HTTP/1.1 403 Forbidden",
                        "Content-Type: text/plain",
                        "Transfer-Encoding: chunked",
                        "",
                        "9",
                        "Access to",
                        "11",
                        " this is blocked.",
                        "0",
                        "",
                        "")));

    Messages.name(refused(proxy.url(), 403, Retry.AFTER_A_SESSION), "Access to this is blocked.");
  }

  /** Of a long text the first 200 characters are quoted: a device's log is no place for pages. */
  @Test
  default void d77_aLongTextIsQuotedInPart() {
    String text = "No. " + "x".repeat(1000);
    ScriptedWebProxy proxy =
        bench().playing(Script.refusing(withBody("403 Forbidden", "text/plain", text)));
    WebProxyRefusedException failure = refused(proxy.url(), 403, Retry.AFTER_A_SESSION);

    Messages.name(failure, text.substring(0, 200));
    assertFalse(failure.getMessage().contains(text.substring(0, 201)), "more than 200 characters");
  }

  /** A redirect is a captive portal's: told with its target, and never followed. */
  @Test
  default void d67_aRedirectIsToldAndNotFollowed() {
    ScriptedWebProxy portal = bench().playing(Script.working());
    String location = "http://" + portal.url().address() + "/login";
    for (String status : new String[] {"301 Moved", "302 Found", "307 Temporary Redirect"}) {
      ScriptedWebProxy proxy =
          bench()
              .playing(
                  Script.refusing(
                      "HTTP/1.1 "
                          + status
                          + "\r\nLocation: "
                          + location
                          + "\r\nContent-Length: 0\r\n\r\n"));
      int code = Integer.parseInt(status.substring(0, 3));
      Messages.name(refused(proxy.url(), code, Retry.AFTER_A_SESSION), status, location);
    }
    assertEquals(0, portal.connections(), "connections to where a redirect pointed");
  }

  /** 5xx: the web proxy could not reach the service, and may be able to later. */
  @Test
  default void d68_5xxIsRetried() {
    for (int code : new int[] {500, 502, 503, 504}) {
      ScriptedWebProxy proxy =
          bench().playing(Script.refusing(withBody(code + " Oh dear", "text/html", "<p>x</p>")));
      Messages.name(
          refused(proxy.url(), code, Retry.WITH_BACKOFF),
          code + " Oh dear",
          DialerBench.SERVICE.host());
    }
  }

  /**
   * Any other answer fails with its status, too: 401 is what tinyproxy has for a wrong password.
   */
  @Test
  default void d69_anyOtherStatusIsARefusal() {
    for (int code : new int[] {400, 401, 404, 405, 418}) {
      ScriptedWebProxy proxy =
          bench().playing(Script.refusing(withBody(code + " No", "text/html", "")));
      WebProxyRefusedException failure = bench().fail(proxy.url(), WebProxyRefusedException.class);
      assertEquals(code, failure.status());
      Messages.name(failure, code + " No");
    }
  }

  /** What the web proxy writes is shown escaped, in part: it must not fill or forge a log. */
  @Test
  default void d70_remoteTextIsEscapedAndBounded() {
    String text = "\u001b[31mred\r\n[forged] line" + "x".repeat(50_000);
    ScriptedWebProxy proxy =
        bench().playing(Script.refusing(withBody("403 No\u001b[0m\u0007", "text/plain", text)));
    WebProxyRefusedException failure = refused(proxy.url(), 403, Retry.AFTER_A_SESSION);

    String message = String.valueOf(failure.getMessage());
    assertTrue(message.length() <= LONGEST_MESSAGE, "the message has " + message.length());
    assertFalse(message.contains("\n[forged]"), "a line of the web proxy's in: " + message);
    assertTrue(
        message.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'),
        "control characters in the message");
  }

  /** A text that is announced and does not come holds the refusal up for the limit at most. */
  @Test
  default void d71_aTextThatDoesNotComeIsNotWaitedFor() {
    ScriptedWebProxy proxy =
        bench().playing(Script.refusing("HTTP/1.1 403 No\r\nContent-Length: 100000\r\n\r\nWhy"));

    WebProxyRefusedException failure =
        bench()
            .failure(
                bench().dial(proxy.url(), StageLimits.shortAnswer()),
                WebProxyRefusedException.class);
    assertEquals(403, failure.status());
  }

  /** After a refusal nothing stays open. */
  @Test
  default void d72_aRefusalClosesTheConnection() {
    ScriptedWebProxy proxy =
        bench().playing(Script.refusing("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"));
    refused(proxy.url(), 403, Retry.AFTER_A_SESSION);

    proxy.awaitIdle();
  }

  /**
   * No refusal tells a secret, not even where the web proxy repeats it. If this fails: mask the
   * credentials in remote text before quoting it.
   */
  @Test
  default void d73_noSecretIsTold() {
    String base64 = DialerBench.base64(bench().user());
    for (String status : new String[] {"403 No", "407 No", "302 Found", "502 Bad Gateway"}) {
      ScriptedWebProxy proxy =
          bench()
              .playing(
                  Script.refusing(
                      withBody(
                          status + " " + base64 + "\r\nLocation: http://x/?a=" + base64,
                          "text/plain",
                          "You sent Proxy-Authorization: Basic " + base64)));
      Messages.conceal(bench().fail(proxy.url(bench().user()), WebProxyRefusedException.class));
    }
  }

  /**
   * One dial is one attempt, whatever may be retried: whoever dials waits before the next one, and
   * a dialer that did not would storm a web proxy which is in trouble already.
   */
  @Test
  default void d74_theDialerItselfDoesNotTryAgain() {
    for (Script script :
        List.of(
            Script.refusing(withBody("503 Service Unavailable", "text/plain", "Later")),
            Script.refusingAndClosing("HTTP/1.0 503 Service Unavailable\r\n\r\n"),
            Script.refusing(withBody("403 Forbidden", "text/plain", "Never")),
            Script.closingAfterTheRequest())) {
      ScriptedWebProxy proxy = bench().playing(script);
      bench().fail(proxy.url(bench().user()), LocalProxyException.class);
      proxy.awaitIdle();

      assertEquals(1, proxy.connections(), "connections");
      assertEquals(1, proxy.requests().size(), "requests");
    }
  }

  private WebProxyRefusedException refused(WebProxy url, int status, Retry retry) {
    WebProxyRefusedException failure = bench().fail(url, WebProxyRefusedException.class);
    assertEquals(status, failure.status());
    assertEquals(retry, failure.retry(), "retry after: " + failure.getMessage());
    return failure;
  }

  private static String withBody(String statusAndReason, String type, String body) {
    return "HTTP/1.1 "
        + statusAndReason
        + "\r\nContent-Type: "
        + type
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
