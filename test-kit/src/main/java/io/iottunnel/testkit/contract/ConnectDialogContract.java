package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectAnswer.Header;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.ConnectDialog.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link ConnectDialog} must read right, however its bytes are cut: an HTTP library's
 * parser behind it is fed what the network brings. Extend it, and supply {@link #dialogs}. It needs
 * no socket, so it tries every cut there is; {@link WebProxyDialerContract} says the rest, over
 * sockets.
 *
 * <p>The rules are numbered: {@code c01} and on for answers that open the tunnel, {@code c20} for
 * those that do not, {@code c40} for the bounds.
 */
@Timeout(60)
public abstract class ConnectDialogContract {

  private static final HostAndPort SERVICE = new HostAndPort("service.invalid", 443);
  private static final WebProxy PROXY =
      new WebProxy(WebProxy.Scheme.HTTP, new HostAndPort("proxy.invalid", 3128), Optional.empty());

  /** What the service says first, glued to the answer; it must not look like a blank line. */
  private static final String GLUED = "\r\nGLUED\u0016\u0003";

  protected ConnectDialogContract() {}

  /** The dialogs under test. */
  protected abstract ConnectDialog.Factory dialogs();

  /**
   * Whatever a 2xx announces, or has in its header that makes no sense: it opens the tunnel, and
   * what follows its blank line stays in the buffer. If bytes are missing: they were taken for a
   * body, or the parser looked ahead.
   */
  @Test
  void c01_opensAndLeavesEveryByteBehindTheBlankLine() {
    for (String answer :
        List.of(
            "HTTP/1.1 200 Connection established\r\n\r\n",
            "HTTP/1.0 200 OK\r\nVia: 1.0 squid\r\n\r\n",
            "HTTP/1.1 200\r\n\r\n",
            "HTTP/1.1 200 \r\n\r\n",
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 299 Odd\r\n\r\n",
            "HTTP/1.1 200 OK\nServer: sloppy\n\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: none\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nbroken header line\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX-Control: \u0001\r\nX-Folded: a\r\n b\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
            "HTTP/1.1 100 Continue\r\nX: y\r\n\r\nHTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")) {
      atEverySplit(
          answer + GLUED,
          talk -> {
            assertInstanceOf(Step.Opened.class, talk.last(), answer);
            assertEquals(GLUED, talk.left(), "left behind " + answer);
            assertEquals(1, talk.told().size(), "answers told of; interim ones are not");
          });
    }
  }

  /** The answer is told of as it came, but for what carries secrets. */
  @Test
  void c02_tellsOfTheAnswerWithoutItsSecrets() {
    atEverySplit(
        String.join(
            "\r\n",
            "HTTP/1.0 200 Connection  established",
            "Via: 1.1 a",
            "set-cookie: id=1",
            "X: y",
            "Proxy-Authentication-Info: z",
            "",
            ""),
        talk ->
            assertEquals(
                List.of(
                    new ConnectAnswer(
                        "HTTP/1.0",
                        200,
                        "Connection  established",
                        List.of(new Header("Via", "1.1 a"), new Header("X", "y")))),
                talk.told()));
  }

  /**
   * 407 names the realm and every scheme that is offered, in one header field or in several (RFC
   * 9110 section 11.6.1).
   */
  @Test
  void c20_407SaysWhatIsOffered() {
    refuses(
        "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Bearer realm=\"a, b\"\r\n"
            + "proxy-authenticate: Odd, Strange\r\nContent-Length: 4\r\n\r\nno!!",
        new Expected(407, Retry.NEVER, "407 Who?", "a, b", "Bearer, Odd, Strange"));
    refusesWhenClosed(
        "HTTP/1.0 407 Auth\r\n\r\nplease", new Expected(407, Retry.NEVER, "407 Auth", "no scheme"));
  }

  /** A text of known length is quoted, its control characters escaped. */
  @Test
  void c21_aTextOfKnownLengthIsQuoted() {
    refuses(
        "HTTP/1.1 403 No\r\nContent-Type: text/plain\r\nContent-Length: 15\r\n\r\n"
            + "Not\u0007\r\n for you!",
        new Expected(403, Retry.AFTER_A_SESSION, "403 No", "\"Not\\u0007 for you!\""));
  }

  /** A chunked one as well, without HTML's mark-up. */
  @Test
  void c22_aChunkedTextIsQuoted() {
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
  void c23_aTextThatIsCutShortIsQuoted() {
    Expected refusal = new Expected(403, Retry.AFTER_A_SESSION, "\"No.\"");
    refusesWhenClosed("HTTP/1.1 403 No\r\nContent-Length: 500\r\n\r\nNo.", refusal);
    refusesWhenClosed("HTTP/1.1 403 No\r\n\r\nNo.", refusal);
    refuses("HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nNo.\r\nfive\r\n", refusal);
  }

  /** Of a long text, the first 200 characters; the rest is not waited for. */
  @Test
  void c24_anEndlessTextIsNotReadToItsEnd() {
    refuses(
        "HTTP/1.1 403 No\r\n\r\n" + "x".repeat(20_000),
        new Expected(403, Retry.AFTER_A_SESSION, "\"" + "x".repeat(200) + "…\""));
  }

  /** Status and reason stand, whatever else is missing or makes no sense. */
  @Test
  void c25_theStatusStandsWhateverElseIsWrong() {
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
  void c26_whatIsNotHttpIsQuoted() {
    for (String banner : List.of("SSH-2.0-x_1", "HTTP/1.1 fine", "HTTP/1.1 42 Low", "HTTP/2 200")) {
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
  void c27_closingBeforeAnyByteIsToBeTriedAgainAndNamesTls() {
    Talk talk = begin();
    talk.end();
    UnreachableException reason = assertInstanceOf(UnreachableException.class, refused(talk));
    Messages.name(reason, "https://proxy.invalid:3128");
  }

  /** Neither yes nor no: to be tried again. */
  @Test
  void c28_closingInTheMiddleOfAHeadIsToBeTriedAgain() {
    Talk talk = begin();
    talk.receive("HTTP/1.1 200 OK\r\nVia");
    assertInstanceOf(Step.NeedMore.class, talk.last());
    talk.end();
    assertInstanceOf(UnreachableException.class, refused(talk));
  }

  /** Headers may have 64 KiB in all. */
  @Test
  void c40_headersOf60KiBAreTaken() {
    Talk talk = begin();
    talk.receive(headWithFields("X-Filler: " + "y".repeat(1000), 60));
    assertInstanceOf(Step.Opened.class, talk.last());
    Talk many = begin();
    many.receive(headWithFields("X: y", 9000));
    assertInstanceOf(Step.Opened.class, many.last());
    Talk one = begin();
    one.receive(headWithFields("X-Filler: " + "y".repeat(60_000), 1));
    assertInstanceOf(Step.Opened.class, one.last());
  }

  /** And no more, or a peer fills the memory. */
  @Test
  void c41_headersOfMoreThan64KiBAreRefused() {
    Talk talk = begin();
    talk.receive(headWithFields("X-Filler: " + "y".repeat(1000), 70));
    Messages.name(refused(talk), "64 KiB");
  }

  /** Interim answers count, too. */
  @Test
  void c42_interimAnswersWithoutEndAreRefused() {
    Talk talk = begin();
    talk.receive("HTTP/1.1 100 Continue\r\n\r\n".repeat(3000));
    Messages.name(refused(talk), "64 KiB");
  }

  /**
   * A challenge may be as long as a head. If this overflows a stack: it is matched by recursion.
   */
  @Test
  void c43_aChallengeAsLongAsAHeadMayBeIsRead() {
    Talk talk = begin();
    talk.receive(
        "HTTP/1.1 407 Auth\r\nProxy-Authenticate: Bearer realm=\""
            + "a\\\"b,c".repeat(4000)
            + "\""
            + ", Odd".repeat(5000)
            + "\r\nContent-Length: 0\r\n\r\n");
    LocalProxyException reason = refused(talk);
    Messages.name(reason, "a\"b,c", "Bearer, Odd");
  }

  private static String headWithFields(String field, int count) {
    return "HTTP/1.1 200 OK\r\n" + (field + "\r\n").repeat(count) + "\r\n";
  }

  /** What is to be made of an answer, and what is to be said about it. */
  private record Expected(int status, Retry retry, List<String> says) {
    Expected(int status, Retry retry, String... says) {
      this(status, retry, List.of(says));
    }
  }

  /** The answer is refused in the same way, however it is cut. */
  private void refuses(String answer, Expected expected) {
    atEverySplit(answer, talk -> check(talk, expected));
  }

  /** The same of an answer that only ends with the connection. */
  private void refusesWhenClosed(String answer, Expected expected) {
    atEverySplit(
        answer,
        talk -> {
          assertInstanceOf(Step.NeedMore.class, talk.last());
          talk.end();
          check(talk, expected);
        });
  }

  private static void check(Talk talk, Expected expected) {
    WebProxyRefusedException reason =
        assertInstanceOf(WebProxyRefusedException.class, refused(talk));
    assertEquals(expected.status(), reason.status());
    assertEquals(expected.retry(), reason.retry());
    Messages.name(reason, expected.says().toArray(String[]::new));
    assertEquals(expected.status() == 0 ? 0 : 1, talk.told().size(), "answers told of");
  }

  private static LocalProxyException refused(Talk talk) {
    return assertInstanceOf(Step.Refused.class, talk.last()).reason();
  }

  private Talk begin() {
    return Talk.begin(dialogs(), PROXY, SERVICE);
  }

  private void atEverySplit(String answer, Consumer<Talk> check) {
    Talk.atEverySplit(dialogs(), PROXY, SERVICE, answer, check);
  }
}
