package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.contract.WebProxyDialerContract.Ability;
import io.iottunnel.testkit.webproxy.DigestLogin;
import io.iottunnel.testkit.webproxy.LoginScript;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import io.iottunnel.testkit.webproxy.WebProxyClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Over which connection the next request goes, when one was answered with 407 (RFC 9112 9.3). */
public interface KeptConnectionRules {

  /** The dialer under test. */
  DialerBench bench();

  /** Skips the test, visibly, where the dialer declares that it lacks {@code ability}. */
  void require(Ability ability);

  /** A connection that is kept is used again, behind whatever body. */
  @Test
  default void d130_aKeptConnectionIsUsedAgain() throws IOException {
    for (String rest :
        List.of(
            "HTTP/1.1 407 No\r\n%sContent-Length: 0\r\n\r\n",
            "HTTP/1.1 407 No\r\n%sContent-Length: 5\r\n\r\nLogin",
            "HTTP/1.1 407 No\r\n%sTransfer-Encoding: chunked\r\n\r\n3\r\nLog\r\n2\r\nin\r\n0\r\n\r\n",
            "HTTP/1.0 407 No\r\n%sProxy-Connection: keep-alive\r\nContent-Length: 5\r\n\r\nLogin")) {
      assertEquals(1, connections(rest, WebProxyClient::send, true), rest);
    }
  }

  /** So it is where the answer comes byte by byte. */
  @Test
  default void d131_aKeptConnectionIsUsedAgainBehindAnAnswerThatDrips() throws IOException {
    String answer = "HTTP/1.1 407 No\r\n%sContent-Length: 5\r\n\r\nLogin";
    assertEquals(1, connections(answer, WebProxyClient::drip, true));
  }

  /**
   * A connection that ends, by what the answer says or by how its body ends, is replaced, without a
   * word about it.
   */
  @Test
  default void d132_aConnectionThatEndsIsReplaced() throws IOException {
    for (String rest :
        List.of(
            "HTTP/1.1 407 No\r\n%sConnection: close\r\nContent-Length: 5\r\n\r\nLogin",
            "HTTP/1.1 407 No\r\n%sProxy-Connection: close\r\nContent-Length: 5\r\n\r\nLogin",
            "HTTP/1.0 407 No\r\n%sContent-Length: 5\r\n\r\nLogin",
            "HTTP/1.1 407 No\r\n%s\r\nLogin")) {
      assertEquals(2, connections(rest, WebProxyClient::send, false), rest);
    }
  }

  /** A body that is far too long is not read to its end. */
  @Test
  default void d133_aBodyWithoutEndIsNotReadToItsEnd() throws IOException {
    String page = "x".repeat(1000);
    Script.Manner endlessly =
        (client, answer) -> {
          client.send(answer);
          for (int i = 0; i < 2_000; i++) {
            client.send(page);
          }
          client.awaitEnd();
        };
    String answer = "HTTP/1.1 407 No\r\n%sContent-Length: 99999999\r\n\r\n";
    assertEquals(2, connections(answer, endlessly, false));
  }

  /**
   * A web proxy may close a connection that it said to keep, before the next request comes: that
   * one is sent again, once, on another connection.
   */
  @Test
  default void d134_aKeptConnectionThatEndsAllTheSameIsReplacedOnce() throws IOException {
    Script.Manner closing =
        (client, answer) -> {
          client.send(answer);
          client.request();
        };
    String kept = "HTTP/1.1 407 No\r\n%sContent-Length: 0\r\n\r\n";
    assertEquals(2, connections(kept, closing, false));
  }

  /** All this holds over TLS, where another connection means another handshake. */
  @Test
  default void d135_whatIsKeptOrReplacedMayBeTls() throws IOException {
    require(Ability.HTTPS_WEB_PROXIES);
    String kept = "HTTP/1.1 407 No\r\n%sContent-Length: 5\r\n\r\nLogin";
    String closed = "HTTP/1.1 407 No\r\n%sConnection: close\r\nContent-Length: 5\r\n\r\nLogin";

    assertEquals(1, connections(bench()::playingOverTls, kept, WebProxyClient::send, true), kept);
    assertEquals(
        2, connections(bench()::playingOverTls, closed, WebProxyClient::send, false), closed);
  }

  private int connections(String answer, Script.Manner manner, boolean goesOn) throws IOException {
    return connections(bench()::playing, answer, manner, goesOn);
  }

  /**
   * How many connections it takes until a tunnel is open, where the first request of all is
   * answered in a certain {@code manner}.
   */
  private int connections(
      Function<Script, ScriptedWebProxy> playing,
      String answer,
      Script.Manner manner,
      boolean goesOn)
      throws IOException {
    require(Ability.DIGEST);
    DigestLogin login = DigestLogin.of(bench().user());
    AtomicBoolean asked = new AtomicBoolean();
    ScriptedWebProxy proxy =
        playing.apply(
            LoginScript.asking(() -> login)
                .in(
                    (client, challenges) -> {
                      if (asked.getAndSet(true)) {
                        client.send(Script.unauthorized(challenges.toArray(String[]::new)));
                        return true;
                      }
                      String header = "Proxy-Authenticate: " + challenges.get(0) + "\r\n";
                      manner.send(client, answer.formatted(header));
                      return goesOn;
                    }));
    WebProxy url = proxy.url(bench().user()).withAuthentication(Authentication.DIGEST);
    DialerBench.proveTunnel(bench().open(proxy, url));
    return proxy.connections();
  }
}
