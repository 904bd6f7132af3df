package io.iottunnel.domain.webproxy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.http.Challenges;
import io.iottunnel.domain.http.HttpAnswer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuthenticationRefusalTest {

  private static final WebProxy PROXY =
      new WebProxy(
          WebProxy.Scheme.HTTP, new HostAndPort("proxy.example.com", 3128), Optional.empty());
  private static final WebProxy WITH_CREDENTIALS =
      PROXY.withCredentials(new Credentials("j\u00fcrgen", "s3cret"));

  private final Attempts attempts = new Attempts();

  @Test
  void withoutCredentialsItSaysHowToGiveThem() {
    says(
        refusal(PROXY, "Basic realm=\"Corp, \\\"HQ\\\"\"", "Digest nonce=n"),
        "The web proxy http://proxy.example.com:3128 asks for credentials (407 Oh dear;"
            + " realm \"Corp, \"HQ\"\"; it offers Basic, Digest).",
        "http://USER:PASSWORD@proxy.example.com:3128");
  }

  @Test
  void credentialsThatWereSentAreToBeChecked() {
    attempts.sent(Authentication.BASIC);
    attempts.sent(Authentication.NEGOTIATE);
    says(
        refusal(WITH_CREDENTIALS, "Basic realm=\"s3cret\""),
        "refused the credentials of user 'j\u00fcrgen' and the ticket",
        "realm \"***\"",
        "Check user and password",
        "no account is locked");
  }

  @Test
  void aTicketThatWasRefusedIsExplained() {
    attempts.sent(Authentication.NEGOTIATE);
    says(refusal(PROXY, "Negotiate"), "refused the ticket", "klist", "HTTP/proxy.example.com");
  }

  @Test
  void whyNegotiateCouldNotBeUsedIsSaid() {
    attempts.begin(Authentication.NEGOTIATE);
    attempts.negotiateFailed("there is no ticket: run kinit");
    says(
        refusal(WITH_CREDENTIALS, "Negotiate, NTLM"),
        "offers Negotiate, NTLM",
        "Negotiate could not be used: there is no ticket: run kinit.",
        "NTLM is not supported",
        "cntlm");
  }

  @Test
  void ntlmIsNotExplainedWhereThereIsAnotherWay() {
    String message = refusal(PROXY, "NTLM, Basic").getMessage();
    assertFalse(message.contains("cntlm"), message);
  }

  @Test
  void aChoiceThatIsNotOfferedIsNamed() {
    says(
        refusal(WITH_CREDENTIALS.withAuthentication(Authentication.DIGEST), "Basic"),
        "--web-proxy-auth digest permits nothing else");
  }

  @Test
  void aDigestThatCannotBeAnsweredIsExplained() {
    says(refusal(WITH_CREDENTIALS, "Digest nonce=n, algorithm=X"), "MD5, SHA-256 or SHA-512-256");
  }

  @Test
  void basicThatIsRuledOutIsExplained() {
    WebProxyRefusedException refused =
        new AuthenticationRefusal(
                WITH_CREDENTIALS, new Challenges(List.of("Basic")), attempts, true)
            .by(answer());
    says(refused, "Basic is not sent to it any more");
  }

  @Test
  void whereNothingIsKnownItSaysWhatIs() {
    says(refusal(PROXY, "Bearer"), "offers Bearer", "Digest and Basic are supported");
    says(refusal(PROXY), "it offers no scheme");
  }

  private WebProxyRefusedException refusal(WebProxy proxy, String... offered) {
    WebProxyRefusedException refused =
        new AuthenticationRefusal(proxy, new Challenges(List.of(offered)), attempts, false)
            .by(answer());
    assertEquals(407, refused.status());
    assertEquals(Retry.NEVER, refused.retry());
    assertFalse(refused.getMessage().contains("s3cret"), refused.getMessage());
    return refused;
  }

  private static HttpAnswer answer() {
    return new HttpAnswer("HTTP/1.1", 407, "Oh dear", List.of(), "", true);
  }

  private static void says(WebProxyRefusedException refused, String... parts) {
    String message = refused.getMessage();
    assertAll(
        Stream.of(parts)
            .map(part -> () -> assertTrue(message.contains(part), part + " in " + message)));
  }
}
