package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.contract.WebProxyDialerContract.Ability;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.webproxy.DigestLogin;
import io.iottunnel.testkit.webproxy.LoginScript;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Web proxies that authenticate by Digest (RFC 7616). */
public interface DigestRules {

  /** The dialer under test. */
  DialerBench bench();

  /** Skips the test, visibly, where the dialer declares that it lacks {@code ability}. */
  void require(Ability ability);

  /**
   * MD5 and SHA-256, with qop {@code auth}, and without any as in RFC 2069. If this fails: the
   * {@code uri} is the request's target, {@code host:port}; user and password are UTF-8; {@code
   * qop}, {@code nc} and {@code algorithm} are not quoted; the realm's quotes are.
   */
  @Test
  default void d100_aChallengeByDigestIsAnswered() throws IOException {
    for (String algorithm : List.of("MD5", "SHA-256")) {
      passes(DigestLogin.of(bench().user()).algorithms(algorithm));
    }
    passes(DigestLogin.of(bench().user()).withoutQop());
  }

  /** Of several algorithms the strongest one is used, wherever it stands. */
  @Test
  default void d101_theStrongestAlgorithmIsUsed() throws IOException {
    for (List<String> offer : List.of(List.of("MD5", "SHA-256"), List.of("SHA-256", "MD5"))) {
      String sent = passes(DigestLogin.of(bench().user()).algorithms(offer.toArray(String[]::new)));
      assertTrue(sent.contains("SHA-256"), sent);
    }
  }

  /** A nonce that is only old ({@code stale=true}) is no refusal: the new one is used, once. */
  @Test
  default void d102_aStaleNonceIsReplacedOnce() throws IOException {
    DigestLogin login = DigestLogin.of(bench().user()).usesOfANonce(1);
    ScriptedWebProxy proxy = asking(login);
    DialerBench.proveTunnel(bench().open(proxy, byDigest(proxy)));
    DialerBench.proveTunnel(bench().open(proxy, byDigest(proxy)));

    DigestLogin never = DigestLogin.of(bench().user()).usesOfANonce(0);
    ScriptedWebProxy insatiable = asking(never);
    refused(byDigest(insatiable));
    assertEquals(2, never.refused(), "answers to nonces that were stale at once");
  }

  /** A wrong password is sent once, and the refusal is final; it names user and scheme. */
  @Test
  default void d103_aWrongPasswordIsSentOnce() {
    DigestLogin login = DigestLogin.of(new Credentials(bench().user().user(), "another"));
    WebProxyRefusedException failure = refused(byDigest(asking(login)));

    assertEquals(1, login.refused(), "answers by Digest");
    Messages.name(failure, bench().user().user(), "Digest", "407");
  }

  /**
   * A dialer may use a nonce again, or the one that the web proxy names as the next, so that the
   * next dial does without a challenge. It then counts on, and is right about it.
   */
  @Test
  default void d104_whatIsKnownOfANonceIsUsedRight() throws IOException {
    for (DigestLogin login :
        List.of(DigestLogin.of(bench().user()), DigestLogin.of(bench().user()).namingTheNext())) {
      ScriptedWebProxy proxy = asking(login);
      for (int dial = 0; dial < 3; dial++) {
        DialerBench.proveTunnel(bench().open(proxy, byDigest(proxy)));
      }
      assertEquals(0, login.refused(), "answers by Digest that were wrong");
    }
  }

  /** What of a challenge is not known, or contradicts itself, is left; it is final, and said. */
  @Test
  default void d105_aDigestThatIsNotKnownIsLeft() {
    ScriptedWebProxy proxy =
        bench()
            .playing(
                Script.refusing(
                    Script.unauthorized(
                        "Digest realm=\"r\", nonce=\"n\", algorithm=ROT-13",
                        "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"")));
    Messages.name(refused(byDigest(proxy)), "Digest");
    assertEquals(List.of(), proxy.authorizations(), "credentials");
  }

  /** No refusal tells what was sent, not even where the web proxy repeats it. */
  @Test
  default void d106_noAnswerByDigestIsTold() {
    ScriptedWebProxy proxy =
        bench()
            .playing(
                client -> {
                  client.request();
                  client.send(Script.unauthorized("Digest realm=\"r\", nonce=\"n\", qop=auth"));
                  String sent = client.request().values("Proxy-Authorization").toString();
                  client.send(
                      "HTTP/1.1 403 No "
                          + sent
                          + "\r\nContent-Length: "
                          + sent.length()
                          + "\r\n\r\n"
                          + sent);
                });
    WebProxyRefusedException failure =
        bench().fail(byDigest(proxy), WebProxyRefusedException.class);

    String response = proxy.authorizations().get(0).replaceFirst(".*response=\"(\\w+)\".*", "$1");
    Secrets.watch(response);
    Messages.conceal(failure);
  }

  /** A tunnel comes about; returns what was sent last. */
  private String passes(DigestLogin login) throws IOException {
    ScriptedWebProxy proxy = asking(login);
    DialerBench.proveTunnel(bench().open(proxy, byDigest(proxy)));
    List<String> sent = proxy.authorizations();
    return sent.get(sent.size() - 1);
  }

  private ScriptedWebProxy asking(DigestLogin login) {
    require(Ability.DIGEST);
    return bench().playing(LoginScript.asking(() -> login));
  }

  private WebProxy byDigest(ScriptedWebProxy proxy) {
    return proxy.url(bench().user()).withAuthentication(Authentication.DIGEST);
  }

  private WebProxyRefusedException refused(WebProxy url) {
    require(Ability.DIGEST);
    WebProxyRefusedException failure = bench().fail(url, WebProxyRefusedException.class);
    assertEquals(407, failure.status());
    assertEquals(Retry.NEVER, failure.retry());
    return failure;
  }
}
