package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectAnswer.Header;
import io.iottunnel.ports.ConnectDialog.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers that open the tunnel, and how long a head may be, at every cut. */
public interface DialogAnswerRules {

  /** What the service says first, glued to the answer; it must not look like a blank line. */
  String GLUED = "\r\nGLUED\u0016\u0003";

  /** The dialogs under test. */
  DialogBench bench();

  /**
   * Whatever a 2xx announces, or has in its header that makes no sense: it opens the tunnel, and
   * what follows its blank line stays in the buffer. If bytes are missing: they were taken for a
   * body, or the parser looked ahead.
   */
  @Test
  default void c01_opensAndLeavesEveryByteBehindTheBlankLine() {
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
      bench()
          .atEverySplit(
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
  default void c02_tellsOfTheAnswerWithoutItsSecrets() {
    bench()
        .atEverySplit(
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

  /** Headers may have 64 KiB in all. */
  @Test
  default void c40_headersOf60KiBAreTaken() {
    Talk talk = bench().begin();
    talk.receive(DialogBench.headOf("X-Filler: " + "y".repeat(1000), 60));
    assertInstanceOf(Step.Opened.class, talk.last());
    Talk many = bench().begin();
    many.receive(DialogBench.headOf("X: y", 9000));
    assertInstanceOf(Step.Opened.class, many.last());
    Talk one = bench().begin();
    one.receive(DialogBench.headOf("X-Filler: " + "y".repeat(60_000), 1));
    assertInstanceOf(Step.Opened.class, one.last());
  }

  /** And no more, or a peer fills the memory. */
  @Test
  default void c41_headersOfMoreThan64KiBAreRefused() {
    Talk talk = bench().begin();
    talk.receive(DialogBench.headOf("X-Filler: " + "y".repeat(1000), 70));
    Messages.name(talk.refused(), "64 KiB");
  }

  /** Interim answers count, too. */
  @Test
  default void c42_interimAnswersWithoutEndAreRefused() {
    Talk talk = bench().begin();
    talk.receive("HTTP/1.1 100 Continue\r\n\r\n".repeat(3000));
    Messages.name(talk.refused(), "64 KiB");
  }

  /**
   * A challenge may be as long as a head. If this overflows a stack: it is matched by recursion.
   */
  @Test
  default void c43_aChallengeAsLongAsAHeadMayBeIsRead() {
    Talk talk = bench().begin();
    talk.receive(
        "HTTP/1.1 407 Auth\r\nProxy-Authenticate: Bearer realm=\""
            + "a\\\"b,c".repeat(4000)
            + "\""
            + ", Odd".repeat(5000)
            + "\r\nContent-Length: 0\r\n\r\n");
    LocalProxyException reason = talk.refused();
    Messages.name(reason, "a\"b,c", "Bearer, Odd");
  }
}
