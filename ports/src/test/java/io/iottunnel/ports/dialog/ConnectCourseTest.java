package io.iottunnel.ports.dialog;

import static io.iottunnel.ports.dialog.Talk.PROXY;
import static io.iottunnel.ports.dialog.Talk.USER;
import static io.iottunnel.ports.dialog.Talk.WITH_CREDENTIALS;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectDialog.Step;
import io.iottunnel.ports.NegotiateException;
import io.iottunnel.ports.NegotiateTokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which scheme is used when, how often, and over which connection. */
class ConnectCourseTest {

  private static final String BASIC = "Basic " + USER.user();
  private static final String NO_BODY = "Content-Length: 0";
  private static final String OK = "HTTP/1.1 200 OK";
  private static final String ASK = "HTTP/1.1 407 Auth";
  private static final String OFFER_BASIC = "Proxy-Authenticate: Basic realm=\"R\"";
  private static final String OFFER_DIGEST =
      "Proxy-Authenticate: Digest realm=\"R\", nonce=\"n1\", qop=\"auth\"";
  private static final String OFFER_NEGOTIATE = "Proxy-Authenticate: Negotiate";

  private final Tickets tickets = new Tickets();
  private final ConnectCourse.Factory courses =
      new ConnectCourse.Factory(new Talk.Schemes(), tickets);

  /** Tokens that say for which host and the how manieth they are, and after what. */
  private static final class Tickets implements NegotiateTokens {
    private final List<String> closed = new ArrayList<>();
    private String trouble = "";
    private int begun;

    @Override
    public Exchange begin(String host) throws NegotiateException {
      if (!trouble.isEmpty()) {
        throw new NegotiateException(trouble);
      }
      int number = ++begun;
      return new Exchange() {
        private int leg;

        @Override
        public byte[] next(byte[] received) throws NegotiateException {
          String text = new String(received, StandardCharsets.US_ASCII);
          if (text.equals("bad")) {
            throw new NegotiateException("that token is not right");
          }
          return (host + " " + number + "." + ++leg + " " + text)
              .getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public void close() {
          closed.add("exchange " + number);
        }
      };
    }
  }

  private static String negotiate(String token) {
    return "Negotiate "
        + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.US_ASCII));
  }

  private Talk talk(WebProxy proxy) {
    return new Talk(courses, proxy);
  }

  private static void assertSent(Talk talk, String... beginnings) {
    List<String> sent = talk.requests();
    assertEquals(beginnings.length, sent.size(), sent::toString);
    assertAll(
        IntStream.range(0, beginnings.length)
            .mapToObj(
                i ->
                    () ->
                        assertTrue(
                            sent.get(i).startsWith(beginnings[i]),
                            sent.get(i) + " instead of " + beginnings[i])));
  }

  // The order, and how often

  @Test
  void theStrongestSchemeThatIsOfferedComesFirst() {
    Talk talk = talk(WITH_CREDENTIALS);
    String[] challenge = {ASK, OFFER_BASIC, OFFER_DIGEST, OFFER_NEGOTIATE, NO_BODY};
    talk.answer(challenge);
    talk.answer(challenge);
    talk.answer(challenge);
    assertSent(talk, BASIC, negotiate("proxy.example.com 1.1 "), "Digest ");
    String message = talk.refusal();
    assertTrue(message.contains("the credentials of user 'jürgen' and the ticket"), message);
    assertEquals(3, talk.told().size());
  }

  @Test
  void withoutCredentialsATicketIsEnough() {
    Talk talk = talk(PROXY);
    talk.answer(ASK, OFFER_NEGOTIATE, OFFER_BASIC, NO_BODY);
    talk.answer(OK);
    assertSent(talk, "nothing", negotiate("proxy.example.com 1.1 "));
    assertInstanceOf(Step.Opened.class, talk.last());
  }

  @Test
  void withoutATicketTheNextSchemeHasItsTurnAndTheReasonIsKept() {
    tickets.trouble = "there is no ticket: run kinit";
    Talk talk = talk(WITH_CREDENTIALS);
    talk.answer(ASK, OFFER_NEGOTIATE, OFFER_DIGEST, NO_BODY);
    talk.answer(ASK, OFFER_NEGOTIATE, OFFER_DIGEST, NO_BODY);
    assertSent(talk, BASIC, "Digest ");
    assertTrue(
        talk.refusal().contains("Negotiate could not be used: there is no ticket: run kinit."),
        talk.refusal());
  }

  @Test
  void withoutCredentialsAndATicketItSaysWhatToDo() {
    tickets.trouble = "there is no ticket: run kinit";
    Talk talk = talk(PROXY);
    talk.answer(ASK, OFFER_NEGOTIATE, OFFER_DIGEST, NO_BODY);
    assertSent(talk, "nothing");
    assertTrue(talk.refusal().contains("run kinit. Give user and password in its URL"));
  }

  @Test
  void ntlmAloneIsExplained() {
    Talk talk = talk(WITH_CREDENTIALS);
    talk.answer(ASK, "Proxy-Authenticate: NTLM", NO_BODY);
    assertTrue(talk.refusal().contains("NTLM is not supported"), talk.refusal());
    assertTrue(talk.refusal().contains("cntlm"), talk.refusal());
    assertFalse(talk.refusal().contains("s3cret"), talk.refusal());
  }

  // Basic is not for everybody

  @Test
  void basicIsNeverSentAgainToAWebProxyThatDidNotOfferIt() {
    Talk first = talk(WITH_CREDENTIALS);
    first.answer(ASK, "Proxy-Authenticate: Bearer", NO_BODY);
    Talk second = talk(WITH_CREDENTIALS);
    second.answer(ASK, OFFER_BASIC, NO_BODY);
    assertSent(second, "nothing");
    assertTrue(second.refusal().contains("Basic is not sent to it any more"), second.refusal());
  }

  @Test
  void whatOneWebProxyRulesOutAnotherMayHave() {
    talk(WITH_CREDENTIALS).answer(ASK, "Proxy-Authenticate: Bearer", NO_BODY);
    WebProxy other =
        new WebProxy(WITH_CREDENTIALS.scheme(), Talk.SERVICE, WITH_CREDENTIALS.credentials());
    assertSent(talk(other), BASIC);
  }

  @ParameterizedTest
  @EnumSource(
      value = Authentication.class,
      names = {"DIGEST", "NEGOTIATE"})
  void aFixedSchemeIsTheOnlyOneThatIsSent(Authentication fixed) {
    tickets.trouble = "there is no ticket";
    Talk talk = talk(WITH_CREDENTIALS.withAuthentication(fixed));
    talk.answer(ASK, OFFER_BASIC, NO_BODY);
    assertSent(talk, "nothing");
    assertTrue(
        talk.refusal().contains("--web-proxy-auth " + fixed.text() + " permits nothing else"),
        talk.refusal());
  }

  @Test
  void negotiateThatIsFixedDoesNotFallBack() {
    tickets.trouble = "there is no ticket";
    Talk talk = talk(WITH_CREDENTIALS.withAuthentication(Authentication.NEGOTIATE));
    talk.answer(ASK, OFFER_BASIC, OFFER_NEGOTIATE, OFFER_DIGEST, NO_BODY);
    assertSent(talk, "nothing");
    assertTrue(talk.refusal().contains("there is no ticket."), talk.refusal());
  }

  @Test
  void basicThatIsFixedIsNotFollowedByDigest() {
    Talk talk = talk(WITH_CREDENTIALS.withAuthentication(Authentication.BASIC));
    talk.answer(ASK, OFFER_BASIC, OFFER_DIGEST, OFFER_NEGOTIATE, NO_BODY);
    assertSent(talk, BASIC);
    assertTrue(talk.refusal().contains("user 'jürgen'"), talk.refusal());
  }

  // Digest

  @Test
  void anOldNonceIsReplacedOnce() {
    Talk talk = talk(WITH_CREDENTIALS.withAuthentication(Authentication.DIGEST));
    talk.answer(ASK, OFFER_DIGEST, NO_BODY);
    talk.answer(ASK, OFFER_DIGEST.replace("n1", "n2") + ", stale=TRUE", NO_BODY);
    talk.answer(ASK, OFFER_DIGEST.replace("n1", "n3") + ", stale=true", NO_BODY);
    assertSent(talk, "nothing", "Digest ", "Digest ");
    assertTrue(talk.requests().get(2).contains(" n2 "));
    assertTrue(talk.refusal().contains("user 'jürgen'"));
  }

  @Test
  void aNonceThatIsNotOldIsNotReplaced() {
    Talk talk = talk(WITH_CREDENTIALS.withAuthentication(Authentication.DIGEST));
    talk.answer(ASK, OFFER_DIGEST, NO_BODY);
    talk.answer(ASK, OFFER_DIGEST + ", stale=false", NO_BODY);
    assertSent(talk, "nothing", "Digest ");
    assertInstanceOf(Step.Refused.class, talk.last());
  }

  @Test
  void theNextDialogSendsDigestAtOnceWithTheNonceThatWasAcceptedOrNamed() {
    Talk first = talk(WITH_CREDENTIALS);
    first.answer(ASK, OFFER_DIGEST, NO_BODY);
    first.answer(OK);
    Talk second = talk(WITH_CREDENTIALS);
    assertSent(second, "Digest ");
    assertTrue(second.requests().get(0).contains(" n1 "), second.requests()::toString);
    assertTrue(second.requests().get(0).contains("#2"), second.requests()::toString);
    second.answer(
        "HTTP/1.1 503 Busy", "Proxy-Authentication-Info: qop=auth, nextnonce=\"n,2\"", NO_BODY);
    Talk third = talk(WITH_CREDENTIALS);
    assertTrue(third.requests().get(0).contains(" n,2 "), third.requests()::toString);
    assertTrue(third.requests().get(0).contains("#1"), third.requests()::toString);
  }

  @Test
  void aRememberedNonceThatIsRefusedIsReplacedOnceAndForgotten() {
    Talk first = talk(WITH_CREDENTIALS);
    first.answer(ASK, OFFER_DIGEST, NO_BODY);
    first.answer(OK);
    Talk second = talk(WITH_CREDENTIALS);
    second.answer(ASK, OFFER_DIGEST.replace("n1", "n2"), NO_BODY);
    second.answer(ASK, OFFER_DIGEST.replace("n1", "n3") + ", stale=true", NO_BODY);
    assertSent(second, "Digest ", "Digest ");
    assertInstanceOf(Step.Refused.class, second.last());
    assertSent(talk(WITH_CREDENTIALS), "nothing");
  }

  @Test
  void aPasswordThatOccursInTheChallengeDoesNotSpoilIt() {
    WebProxy proxy = PROXY.withCredentials(new Credentials("alice", "n1"));
    Talk talk = talk(proxy.withAuthentication(Authentication.DIGEST));
    talk.answer(ASK, OFFER_DIGEST.replace("\"R\"", "\"the n1 realm\""), NO_BODY);
    assertTrue(talk.requests().get(1).contains(" n1 "), talk.requests()::toString);
    talk.answer(ASK, OFFER_DIGEST.replace("\"R\"", "\"the n1 realm\""), NO_BODY);
    assertTrue(talk.refusal().contains("realm \"the *** realm\""), talk.refusal());
  }

  // Negotiate

  @Test
  void negotiateTakesAsManyLegsAsItNeeds() {
    Talk talk = talk(PROXY);
    talk.answer(ASK, OFFER_NEGOTIATE, NO_BODY);
    talk.answer(ASK, "Proxy-Authenticate: " + negotiate("more"), NO_BODY);
    talk.answer(OK, "Proxy-Authenticate: " + negotiate("welcome"));
    assertSent(
        talk,
        "nothing",
        negotiate("proxy.example.com 1.1 "),
        negotiate("proxy.example.com 1.2 more"));
    assertInstanceOf(Step.Opened.class, talk.last());
    talk.close();
    assertEquals(List.of("exchange 1"), tickets.closed);
  }

  @Test
  void aLegDoesNotRuleOutBasic() {
    Talk talk = talk(WITH_CREDENTIALS);
    talk.answer(ASK, OFFER_NEGOTIATE, OFFER_BASIC, NO_BODY);
    talk.answer(ASK, "Proxy-Authenticate: " + negotiate("more"), NO_BODY);
    talk.answer(OK);
    assertSent(talk(WITH_CREDENTIALS), BASIC);
  }

  @Test
  void aWebProxyThatNeverHasEnoughTokensIsLeft() {
    Talk talk = talk(PROXY);
    talk.answer(ASK, OFFER_NEGOTIATE, NO_BODY);
    for (int i = 0; i < 20; i++) {
      talk.answer(ASK, "Proxy-Authenticate: " + negotiate("more"), NO_BODY);
    }
    assertEquals(9, talk.requests().size());
    assertTrue(talk.refusal().contains("wanted more than 8 tokens"), talk.refusal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Negotiate YmFk", "Negotiate ----"})
  void aTokenThatIsNotRightLeadsToTheNextSchemeOnANewConnection(String wrong) {
    Talk talk = talk(WITH_CREDENTIALS.withAuthentication(Authentication.AUTO));
    talk.answer(ASK, OFFER_NEGOTIATE, OFFER_DIGEST, NO_BODY);
    talk.answer(ASK, "Proxy-Authenticate: " + wrong, NO_BODY);
    assertSent(talk, BASIC, "Negotiate ", "anew: Digest ");
  }

  @Test
  void negotiateBeginsAnewOnceWhereItsConnectionEnds() {
    Talk talk = talk(PROXY);
    talk.answer(ASK, OFFER_NEGOTIATE, NO_BODY);
    talk.answer(ASK, "Proxy-Authenticate: " + negotiate("more"), "Connection: close");
    talk.answer(ASK, "Proxy-Authenticate: " + negotiate("more"), NO_BODY);
    talk.end();
    assertSent(
        talk,
        "nothing",
        negotiate("proxy.example.com 1.1 "),
        "anew: " + negotiate("proxy.example.com 2.1 "),
        negotiate("proxy.example.com 2.2 more"));
    assertTrue(talk.refusal().contains("did not keep the connection"), talk.refusal());
    assertEquals(List.of("exchange 1", "exchange 2"), tickets.closed);
  }

  // The connection

  @Test
  void aKeptConnectionThatEndsWithoutAnAnswerIsReplacedOnce() {
    Talk talk = talk(WITH_CREDENTIALS.withAuthentication(Authentication.DIGEST));
    talk.answer(ASK, OFFER_DIGEST, NO_BODY);
    talk.end();
    assertSent(talk, "nothing", "Digest ", "anew: Digest ");
    assertNotEquals(talk.requests().get(1), talk.requests().get(2).substring("anew: ".length()));
    talk.end();
    assertInstanceOf(Step.Refused.class, talk.last());
  }
}
