package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.ports.ConnectDialog.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers that do not open the tunnel: each is refused in the same way, however it is cut. */
public interface DialogRefusalRules {

  /** The dialogs under test. */
  DialogBench bench();

  /**
   * 407 names the realm and every scheme that is offered, in one header field or in several (RFC
   * 9110 section 11.6.1). A body that only ends with the connection is not waited for.
   */
  @Test
  default void c20_407SaysWhatIsOffered() {
    refuses(
        "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Bearer realm=\"a, b\"\r\n"
            + "proxy-authenticate: Odd, Strange\r\nContent-Length: 4\r\n\r\nno!!",
        new Expected(407, Retry.NEVER, "407 Who?", "a, b", "Bearer, Odd, Strange"));
    refuses(
        "HTTP/1.0 407 Auth\r\n\r\nplease", new Expected(407, Retry.NEVER, "407 Auth", "no scheme"));
  }

  /** A text of known length is quoted, its control characters escaped. */
  @Test
  default void c21_aTextOfKnownLengthIsQuoted() {
    refuses(
        "HTTP/1.1 403 No\r\nContent-Type: text/plain\r\nContent-Length: 15\r\n\r\n"
            + "Not\u0007\r\n for you!",
        new Expected(403, Retry.AFTER_A_SESSION, "403 No", "\"Not\\u0007 for you!\""));
  }

  /** A chunked one as well, without HTML's mark-up. */
  @Test
  default void c22_aChunkedTextIsQuoted() {
    refuses(
        String.join(
            "\r\n",
            "HTTP/1.1 403 No",
            "Content-Type: text/html",
            "Transfer-Encoding: chunked",
            "",
            "1a;x=y",
            "<html><style>p {}</style><",
            "14",
            "p>Denied by policy</",
            "0",
            "Trailer: x",
            "",
            ""),
        new Expected(403, Retry.AFTER_A_SESSION, "\"Denied by policy\""));
  }

  /** What came of a text is quoted where the rest does not come, or makes no sense. */
  @Test
  default void c23_aTextThatIsCutShortIsQuoted() {
    Expected refusal = new Expected(403, Retry.AFTER_A_SESSION, "\"No.\"");
    refusesWhenClosed("HTTP/1.1 403 No\r\nContent-Length: 500\r\n\r\nNo.", refusal);
    refusesWhenClosed("HTTP/1.1 403 No\r\n\r\nNo.", refusal);
    refuses("HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nNo.\r\nfive\r\n", refusal);
  }

  /** Of a long text, the first 200 characters; the rest is not waited for. */
  @Test
  default void c24_anEndlessTextIsNotReadToItsEnd() {
    refuses(
        "HTTP/1.1 403 No\r\n\r\n" + "x".repeat(10_000),
        new Expected(403, Retry.AFTER_A_SESSION, "\"" + "x".repeat(200) + "…\""));
  }

  /** Status and reason stand, whatever else is missing or makes no sense. */
  @Test
  default void c25_theStatusStandsWhateverElseIsWrong() {
    refuses(
        "HTTP/1.1 302 Found\r\nLocation: http://login.example/?x=1\r\nContent-Length: 0\r\n\r\n",
        new Expected(302, Retry.AFTER_A_SESSION, "302 Found", "http://login.example/?x=1"));
    refuses("HTTP/1.1 304 Odd\r\n\r\n", new Expected(304, Retry.AFTER_A_SESSION, "304 Odd"));
    refusesWhenClosed("HTTP/1.0 502\r\n\r\n", new Expected(502, Retry.WITH_BACKOFF, "502"));
    refuses(
        "HTTP/1.1 503 Bu\u0007sy\r\nContent-Length: many\r\n\r\n",
        new Expected(503, Retry.WITH_BACKOFF, "503 Bu\\u0007sy"));
    refuses(
        "HTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 504 Late\r\nContent-Length: 0\r\n\r\n",
        new Expected(504, Retry.WITH_BACKOFF, "504 Late"));
  }

  /** What is not HTTP is known as early as can be, and quoted. */
  @Test
  default void c26_whatIsNotHttpIsQuoted() {
    for (String banner :
        List.of(
            "SSH-2.0-x_1",
            "HTTP/1.1 fine",
            "HTTP/1.1 42 Low",
            "HTTP/1.1 000 No",
            "HTTP/1.-1 200 OK",
            "HTTP/2 200")) {
      refuses(
          banner + "\r\n\r\n", new Expected(0, Retry.WITH_BACKOFF, banner, "Is this a web proxy?"));
    }
    refuses("220 " + "long ".repeat(300), new Expected(0, Retry.WITH_BACKOFF, "\"220 long long"));
    refusesWhenClosed("* OK", new Expected(0, Retry.WITH_BACKOFF, "\"* OK\""));
    refuses(
        "\u0015\u0003\u0003\u0000\u0002\u0002F",
        new Expected(0, Retry.AFTER_A_SESSION, "\\u0015", "https://proxy.invalid:3128"));
  }

  /** To close without a word is what a port does that wants TLS. */
  @Test
  default void c27_closingBeforeAnyByteIsToBeTriedAgainAndNamesTls() {
    Talk talk = bench().begin();
    talk.end();
    UnreachableException reason = assertInstanceOf(UnreachableException.class, talk.refused());
    Messages.name(reason, "https://proxy.invalid:3128");
  }

  /** Neither yes nor no: to be tried again. */
  @Test
  default void c28_closingInTheMiddleOfAHeadIsToBeTriedAgain() {
    Talk talk = bench().begin();
    talk.receive("HTTP/1.1 200 OK\r\nVia");
    assertInstanceOf(Step.NeedMore.class, talk.last());
    talk.end();
    assertInstanceOf(UnreachableException.class, talk.refused());
  }

  /** What is to be made of an answer, and what is to be said about it. */
  record Expected(int status, Retry retry, List<String> says) {
    Expected(int status, Retry retry, String... says) {
      this(status, retry, List.of(says));
    }

    void check(Talk talk) {
      WebProxyRefusedException reason =
          assertInstanceOf(WebProxyRefusedException.class, talk.refused());
      assertEquals(status, reason.status());
      assertEquals(retry, reason.retry());
      Messages.name(reason, says.toArray(String[]::new));
      assertEquals(status == 0 ? 0 : 1, talk.told().size(), "answers told of");
    }
  }

  private void refuses(String answer, Expected expected) {
    bench().atEverySplit(answer, expected::check);
  }

  /** The same of an answer that only ends with the connection. */
  private void refusesWhenClosed(String answer, Expected expected) {
    bench()
        .atEverySplit(
            answer,
            talk -> {
              assertInstanceOf(Step.NeedMore.class, talk.last());
              talk.end();
              expected.check(talk);
            });
  }
}
