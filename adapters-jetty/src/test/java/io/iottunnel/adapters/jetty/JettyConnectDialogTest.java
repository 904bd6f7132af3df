package io.iottunnel.adapters.jetty;

import static io.iottunnel.adapters.jetty.Talk.PROXY;
import static io.iottunnel.adapters.jetty.Talk.SERVICE;
import static io.iottunnel.adapters.jetty.Talk.WITH_CREDENTIALS;
import static io.iottunnel.adapters.jetty.Talk.everySplit;
import static io.iottunnel.adapters.jetty.Talk.head;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog.Step;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JettyConnectDialogTest {

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
}
