package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.contract.WebProxyDialerContract.Ability;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of several schemes is used, in which order, and which must not be. */
public interface SchemeRules {

  /** What a web proxy offers that knows them all, and accepts nobody. */
  String EVERYTHING =
      Script.unauthorized(
          "Basic realm=\"r\"",
          "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"",
          "Negotiate",
          "NTLM");

  /** The dialer under test. */
  DialerBench bench();

  /** Skips the test, visibly, where the dialer declares that it lacks {@code ability}. */
  void require(Ability ability);

  /**
   * After Basic, which is sent at once, the strongest that is offered, then the next; each is tried
   * once, and then it is over. The message names them all.
   */
  @Test
  default void d120_theStrongestSchemeThatIsLeftComesNext() {
    requireAll();
    bench().tokens().withTicket();
    ScriptedWebProxy proxy = bench().playing(Script.refusing(EVERYTHING));
    WebProxyRefusedException failure = refused(proxy.url(bench().user()));

    assertEquals(List.of("Basic", "Negotiate", "Digest"), schemes(proxy));
    Messages.name(failure, "Basic", "Negotiate", "Digest", "NTLM", bench().user().user());
  }

  /** A scheme that is fixed is the only one by which anything is sent. */
  @Test
  default void d121_aFixedSchemeIsTheOnlyOne() {
    requireAll();
    bench().tokens().withTicket();
    fixed(Authentication.BASIC, "Basic");
    fixed(Authentication.DIGEST, "Digest");
    fixed(Authentication.NEGOTIATE, "Negotiate");
  }

  /** Where a fixed scheme is not offered, nothing is sent, and the message says why. */
  @Test
  default void d122_aFixedSchemeThatIsNotOfferedIsSaid() {
    for (Authentication fixed : List.of(Authentication.DIGEST, Authentication.NEGOTIATE)) {
      ScriptedWebProxy proxy =
          bench().playing(Script.refusing(Script.unauthorized("Basic realm=\"r\"")));
      WebProxyRefusedException failure =
          refused(proxy.url(bench().user()).withAuthentication(fixed));

      assertEquals(List.of(), schemes(proxy));
      Messages.name(failure, "--web-proxy-auth " + fixed.text(), "Basic");
    }
  }

  /**
   * A web proxy that asked for credentials without offering Basic is never sent Basic again, by no
   * later dial.
   */
  @Test
  default void d123_basicIsNeverSentAgainWhereItWasNotOffered() {
    ScriptedWebProxy proxy = bench().playing(Script.refusing(Script.unauthorized("Bearer")));
    for (int dial = 0; dial < 3; dial++) {
      refused(proxy.url(bench().user()));
    }
    assertEquals(List.of("Basic"), schemes(proxy), "of three dials");
  }

  /** Others are not concerned. */
  @Test
  default void d124_whatOneWebProxyDoesNotOfferAnotherMay() {
    refused(bench().playing(Script.refusing(Script.unauthorized("Bearer"))).url(bench().user()));
    ScriptedWebProxy other = bench().playing(Script.basic(bench().user()));
    bench().open(other, other.url(bench().user()));

    assertEquals(1, other.requests().size(), "requests");
  }

  /** NTLM alone: that it is not supported, and the way out, which is a helper such as cntlm. */
  @Test
  default void d125_ntlmAloneIsExplained() {
    ScriptedWebProxy proxy = bench().playing(Script.refusing(Script.unauthorized("NTLM")));
    Messages.name(refused(proxy.url(bench().user())), "NTLM is not supported", "cntlm");
  }

  /**
   * 401 to credentials is a refusal of them, too: tinyproxy says so. Final, with the user's name.
   */
  @Test
  default void d126_401RefusesCredentialsToo() {
    ScriptedWebProxy proxy =
        bench().playing(Script.refusing("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"));
    WebProxyRefusedException failure =
        bench().fail(proxy.url(bench().user()), WebProxyRefusedException.class);

    assertEquals(401, failure.status());
    assertEquals(Retry.NEVER, failure.retry());
    assertEquals(1, proxy.authorizations().size());
    Messages.name(failure, "401 Unauthorized", bench().user().user());
  }

  /** Several challenges may share a field (RFC 9110 section 11.6.1), and a realm holds anything. */
  @Test
  default void d127_challengesMayShareAField() {
    require(Ability.DIGEST);
    ScriptedWebProxy proxy =
        bench()
            .playing(
                Script.refusing(
                    Script.unauthorized(
                        "Bearer, Digest realm=\"r, Basic\", nonce=\"n\", qop=\"auth\", NTLM")));
    Messages.name(refused(proxy.url(bench().user())), "Bearer", "NTLM", "Digest");

    assertEquals(List.of("Basic", "Digest"), schemes(proxy));
  }

  private void fixed(Authentication scheme, String name) {
    ScriptedWebProxy proxy = bench().playing(Script.refusing(EVERYTHING));
    refused(proxy.url(bench().user()).withAuthentication(scheme));
    assertEquals(List.of(name), schemes(proxy), "sent where " + name + " is fixed");
    boolean atOnce = proxy.requests().get(0).values("Proxy-Authorization").isEmpty();
    assertEquals(scheme != Authentication.BASIC, atOnce, "nothing is sent before a challenge");
  }

  private void requireAll() {
    require(Ability.DIGEST);
    require(Ability.NEGOTIATE);
  }

  private static List<String> schemes(ScriptedWebProxy proxy) {
    return proxy.authorizations().stream().map(value -> value.split(" ", 2)[0]).toList();
  }

  private WebProxyRefusedException refused(WebProxy url) {
    WebProxyRefusedException failure = bench().fail(url, WebProxyRefusedException.class);
    assertEquals(407, failure.status());
    assertEquals(Retry.NEVER, failure.retry());
    assertTrue(failure.retryAfter().isEmpty());
    return failure;
  }
}
