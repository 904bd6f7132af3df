package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectAnswer.Header;
import io.iottunnel.testkit.contract.ByteStreamRules.Joined;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import io.iottunnel.testkit.webproxy.WebProxyClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Answers that open a tunnel, in every form in which web proxies send them (RFC 9112). */
public interface ConnectAnswerRules {

  /** What the service says first, glued to the answer. */
  String GREETING = "SSH-2.0-OpenSSH_9.6\r\n";

  /** The dialer under test. */
  DialerBench bench();

  /** Any 2xx opens the tunnel, not 200 alone. */
  @Test
  default void d20_any2xxOpensTheTunnel() throws IOException {
    for (int status : new int[] {200, 201, 202, 204, 299}) {
      opens("HTTP/1.1 " + status + " Yes\r\n\r\n");
    }
  }

  /** HTTP/1.0 is what many web proxies still answer. */
  @Test
  default void d21_anAnswerMayBeOfHttp10() throws IOException {
    opens("HTTP/1.0 200 Connection established\r\n\r\n");
  }

  /** The reason phrase may be empty, with and without the blank before it. */
  @Test
  default void d22_theReasonPhraseMayBeEmpty() throws IOException {
    opens("HTTP/1.1 200 \r\n\r\n");
    opens("HTTP/1.1 200\r\n\r\n");
  }

  /** Interim answers come before the final one, and say nothing (RFC 9110 section 15.2). */
  @Test
  default void d23_interimAnswersAreSkipped() throws IOException {
    opens(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + Script.OPENED);
  }

  /** One byte at a time is an answer still. */
  @Test
  default void d24_anAnswerMayDrip() throws IOException {
    opens("HTTP/1.1 200 OK\r\nVia: 1.1 proxy\r\n\r\n", WebProxyClient::drip);
  }

  /**
   * Split at every position, the greeting behind it included. If one position fails: the blank
   * line, or what follows it, is looked for in one buffer only.
   */
  @Test
  default void d25_anAnswerSplitAtEveryByteIsStillOneAnswer() throws IOException {
    String answer = "HTTP/1.1 200 OK\r\nX: y\r\n\r\n";
    List<Opening> openings = new ArrayList<>();
    for (int i = 1; i < answer.length() + GREETING.length(); i++) {
      int position = i;
      openings.add(opening(answer, (client, text) -> client.sendSplit(text, position)));
    }
    for (Opening opening : openings) {
      greets(opening);
    }
  }

  /**
   * A body announced by a 2xx does not exist (RFC 9110 section 9.3.6). If the greeting is missing:
   * it was taken for that body.
   */
  @Test
  default void d26_aBodyAnnouncedByA2xxDoesNotExist() throws IOException {
    opens("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
    opens("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    opens("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  }

  /** However much comes along with the answer, it is the service's to the last byte. */
  @Test
  default void d27_notOneByteBehindTheBlankLineIsLost() throws IOException {
    byte[] glued = TestBytes.first(300_000);
    ScriptedWebProxy proxy =
        bench()
            .playing(
                Script.opening(Script.OPENED + new String(glued, StandardCharsets.ISO_8859_1)));
    Joined joined = bench().open(proxy);

    assertArrayEquals(glued, new PatientStream(joined.stream()).read(glued.length));
    DialerBench.proveTunnel(joined);
  }

  /** Header fields of 40 KiB are many, and allowed. */
  @Test
  default void d28_longHeadersAreTaken() throws IOException {
    opens("HTTP/1.1 200 OK\r\n" + ("X-Filler: " + "x".repeat(500) + "\r\n").repeat(80) + "\r\n");
  }

  /** The observer is told the final answer as it came, but for what carries secrets. */
  @Test
  default void d29_theAnswerIsToldWithoutSecrets() {
    ScriptedWebProxy proxy =
        bench()
            .playing(
                Script.opening(
                    String.join(
                        "\r\n",
                        "HTTP/1.1 100 Continue",
                        "",
                        "HTTP/1.0 200 All  right",
                        "Via: 1.1 a",
                        "Set-Cookie: id=secret",
                        "Proxy-Authentication-Info: rspauth=secret",
                        "via: 1.1 b",
                        "",
                        "")));
    HopRecorder observer = new HopRecorder();
    bench().joined(proxy, bench().dial(proxy.url(), DialerBench.SERVICE, observer));

    assertEquals(
        List.of(
            new ConnectAnswer(
                "HTTP/1.0",
                200,
                "All  right",
                List.of(new Header("Via", "1.1 a"), new Header("via", "1.1 b")))),
        observer.answers());
  }

  private void opens(String answer) throws IOException {
    opens(answer, WebProxyClient::send);
  }

  /** The answer opens a tunnel, through which the greeting glued to it arrives. */
  private void opens(String answer, Script.Manner manner) throws IOException {
    greets(opening(answer, manner));
  }

  /** A tunnel that is being dialed. */
  record Opening(ScriptedWebProxy proxy, CompletableFuture<ByteStream> dialed) {}

  private Opening opening(String answer, Script.Manner manner) {
    ScriptedWebProxy proxy = bench().playing(Script.opening(answer + GREETING, manner));
    return new Opening(proxy, bench().dial(proxy.url()));
  }

  private void greets(Opening opening) throws IOException {
    Joined joined = bench().joined(opening.proxy(), opening.dialed());
    byte[] greeting = new PatientStream(joined.stream()).read(GREETING.length());

    assertEquals(GREETING, new String(greeting, StandardCharsets.ISO_8859_1));
    DialerBench.proveTunnel(joined);
  }
}
