package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.ports.ConnectDialog.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The connection behind an answer 407: used again where it is sound, and replaced where it is not
 * (RFC 9112 section 9.3).
 */
public interface DialogConnectionRules {

  /** What a body may have, so that it is worth reading for the sake of the connection. */
  int DRAINED = 64 * 1024;

  /** The dialogs under test. */
  DialogBench bench();

  /**
   * A connection that is kept serves the next request, once the body before it is read. If this
   * fails at some cuts only: the end of the body is looked for in one buffer.
   */
  @Test
  default void c60_aConnectionThatIsKeptIsUsedAgainBehindTheBody() {
    for (String rest :
        List.of(
            "HTTP/1.1 407 Auth\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 407 Auth\r\nContent-Length: 4\r\n\r\nbody",
            "HTTP/1.1 407 Auth\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\nX: y\r\n\r\n",
            "HTTP/1.0 407 Auth\r\nProxy-Connection: Keep-Alive\r\nContent-Length: 4\r\n\r\nbody",
            "HTTP/1.1 407 Auth\r\nContent-Length: 10000\r\n\r\n" + "x".repeat(10_000))) {
      String answer = withChallenge(rest);
      for (int cut = 0; cut <= Math.min(answer.length(), 300); cut++) {
        Talk talk = answered(answer, cut);
        assertEquals(2, talk.requests().size(), "requests, cut at " + cut + " in " + answer);
        assertEquals(false, talk.requests().get(1).onNewConnection(), answer);
        assertEquals("", talk.left());
      }
    }
  }

  /**
   * A new connection is asked for where the web proxy ends this one, where nobody can say where the
   * next answer would begin, and where more came than was asked for.
   */
  @Test
  default void c61_aConnectionThatIsNotKeptOrNotSoundIsReplaced() {
    for (String rest :
        List.of(
            "HTTP/1.1 407 Auth\r\nConnection: x, Close\r\nContent-Length: 4\r\n\r\n",
            "HTTP/1.1 407 Auth\r\nProxy-Connection: close\r\nContent-Length: 4\r\n\r\nbody",
            "HTTP/1.1 407 Auth\r\n\r\n",
            "HTTP/1.0 407 Auth\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 407 Auth\r\nContent-Length: many\r\n\r\n",
            "HTTP/1.1 407 Auth\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")) {
      String answer = withChallenge(rest);
      asksAnew(answered(answer, answer.length()));
    }
  }

  /** A body without an end is not read to it: 64 KiB are enough. */
  @Test
  default void c62_aBodyWithoutEndIsNotReadToItsEnd() {
    Talk talk = answered(withChallenge("HTTP/1.1 407 Auth\r\nContent-Length: 99999999\r\n\r\n"), 5);
    byte[] more = new byte[1000];
    int read = 0;
    while (talk.last() instanceof Step.NeedMore && read < 10 * DRAINED) {
      talk.receive(more);
      read += more.length;
    }
    asksAnew(talk);
    assertTrue(read <= DRAINED + more.length, "more than 64 KiB were read: " + read);
  }

  /**
   * A connection that is kept may still end before the next request comes (RFC 9112 section 9.3.1):
   * then it is asked once more on a new one, and not a third time.
   */
  @Test
  default void c63_aKeptConnectionThatEndsWithoutAnAnswerIsReplacedOnce() {
    Talk talk = answered(withChallenge("HTTP/1.1 407 Auth\r\nContent-Length: 0\r\n\r\n"), 0);
    talk.end();
    assertEquals(3, talk.requests().size(), "requests");
    assertEquals(true, talk.requests().get(2).onNewConnection());
    talk.end();
    assertInstanceOf(Step.Refused.class, talk.last());
  }

  private static String withChallenge(String answer) {
    return answer.replaceFirst(
        "\r\n", "\r\nProxy-Authenticate: Digest realm=\"R\", nonce=\"n\", qop=\"auth\"\r\n");
  }

  private Talk answered(String answer, int cut) {
    Talk talk = bench().beginWithDigest();
    DialogBench.receiveCut(talk, DialogBench.bytes(answer), cut);
    return talk;
  }

  private static void asksAnew(Talk talk) {
    assertEquals(2, talk.requests().size(), "requests");
    assertEquals(true, talk.requests().get(1).onNewConnection());
  }
}
