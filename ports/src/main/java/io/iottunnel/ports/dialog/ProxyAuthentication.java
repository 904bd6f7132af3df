package io.iottunnel.ports.dialog;

import io.iottunnel.domain.http.Challenge;
import io.iottunnel.domain.http.Challenges;
import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.domain.webproxy.Attempts;
import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.domain.webproxy.AuthenticationRefusal;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectDialog.Step;
import io.iottunnel.ports.NegotiateException;
import io.iottunnel.ports.NegotiateTokens;
import java.util.List;
import java.util.Optional;

/**
 * How one dialog authenticates: at once where that is allowed, then by what the web proxy offers,
 * the strongest scheme first, each once.
 *
 * <p>Confined to one thread at a time, as the dialog is.
 */
final class ProxyAuthentication implements AutoCloseable {

  /** Makes the requests. */
  interface Requests {
    /**
     * A request with this value of {@code Proxy-Authorization}.
     *
     * @param onNewConnection whether it must not follow on the connection of the last one
     */
    Step.Send send(String authorization, boolean onNewConnection);
  }

  /** The scheme's name. */
  private static final String BASIC = "Basic";

  private static final int UNAUTHORIZED = 401;

  private static final List<Authentication> STRONGEST_FIRST =
      List.of(Authentication.NEGOTIATE, Authentication.DIGEST, Authentication.BASIC);

  private final WebProxy proxy;
  private final ProxyMemory memory;
  private final AuthenticationSchemes schemes;
  private final NegotiateTokens tokens;
  private final Requests requests;
  private final Optional<DigestTurns> digest;
  private final Attempts attempts = new Attempts();

  private Optional<Authentication> last = Optional.empty();
  private Optional<Challenged> offer = Optional.empty();
  private NegotiateLegs legs;
  private boolean negotiatedAnew;
  private boolean repeated;

  /** An answer 407 and what it offers. */
  private record Challenged(HttpAnswer answer, Challenges offered) {}

  /**
   * @param target the target of the requests
   */
  ProxyAuthentication(
      WebProxy proxy,
      String target,
      ProxyMemory memory,
      AuthenticationSchemes schemes,
      NegotiateTokens tokens,
      Requests requests) {
    this.proxy = proxy;
    this.memory = memory;
    this.schemes = schemes;
    this.tokens = tokens;
    this.requests = requests;
    this.digest = proxy.credentials().map(user -> new DigestTurns(schemes, user, target, memory));
    this.legs = newLegs();
  }

  /** User and password, if they have been sent in whatever form. */
  Optional<Credentials> sentCredentials() {
    return proxy.credentials().filter(credentials -> attempts.sentCredentials());
  }

  /** How the last request authenticated, if it did. */
  Optional<Authentication> last() {
    return last;
  }

  /** The first request, where there are credentials that need no challenge. */
  Optional<Step.Send> atOnce() {
    return permitted(Authentication.DIGEST)
        .flatMap(scheme -> digest.flatMap(DigestTurns::atOnce))
        .map(authorization -> send(Authentication.DIGEST, authorization, false))
        .or(
            () ->
                permitted(Authentication.BASIC)
                    .flatMap(scheme -> basic())
                    .map(authorization -> send(Authentication.BASIC, authorization, false)));
  }

  /** What follows from an answer 407. */
  Step challengedBy(HttpAnswer answer) {
    Challenges offered = Challenges.of(answer);
    if (last.filter(Authentication.NEGOTIATE::equals).isPresent()) {
      Optional<String> token =
          offered
              .of(NegotiateLegs.SCHEME)
              .map(Challenge::token)
              .filter(text -> !text.isEmpty())
              .findFirst();
      if (token.isPresent()) {
        return answer.onKeptConnection() ? negotiate(token.get(), false) : negotiateAnew();
      }
    }
    offer = Optional.of(new Challenged(answer, offered));
    if (!offered.offer(BASIC)) {
      memory.ruleOutBasic();
    }
    return last.filter(Authentication.DIGEST::equals)
        .flatMap(scheme -> digest.flatMap(turns -> turns.anew(offered)))
        .<Step>map(value -> send(Authentication.DIGEST, value, !answer.onKeptConnection()))
        .orElseGet(() -> strongestLeft(!answer.onKeptConnection()));
  }

  /**
   * What follows when the connection that was kept for the last request ended without an answer: it
   * may have ended before the request came. Empty where that has happened before.
   */
  Optional<Step> unanswered() {
    if (last.filter(Authentication.NEGOTIATE::equals).isPresent()) {
      return Optional.of(negotiateAnew());
    }
    if (repeated) {
      return Optional.empty();
    }
    repeated = true;
    return last.flatMap(
        scheme ->
            (scheme == Authentication.DIGEST ? digest.flatMap(DigestTurns::repeated) : basic())
                .map(authorization -> send(scheme, authorization, true)));
  }

  /** The web proxy did not ask for (other) credentials any more. */
  void settledBy(HttpAnswer answer) {
    if (answer.status() != UNAUTHORIZED && last.filter(Authentication.DIGEST::equals).isPresent()) {
      digest.ifPresent(turns -> turns.accepted(answer));
    }
  }

  /** Forgets the keys. */
  @Override
  public void close() {
    legs.close();
  }

  private Step strongestLeft(boolean onNewConnection) {
    Challenged challenged = offer.orElseThrow();
    for (Authentication scheme : STRONGEST_FIRST) {
      if (permitted(scheme).isPresent() && !attempts.include(scheme)) {
        Optional<Step> step = turnOf(scheme, challenged.offered(), onNewConnection);
        if (step.isPresent()) {
          return step.get();
        }
      }
    }
    return new Step.Refused(
        new AuthenticationRefusal(proxy, challenged.offered(), attempts, memory.basicIsRuledOut())
            .by(challenged.answer()));
  }

  private Optional<Step> turnOf(
      Authentication scheme, Challenges offered, boolean onNewConnection) {
    return switch (scheme) {
      case NEGOTIATE ->
          offered.offer(NegotiateLegs.SCHEME)
              ? Optional.of(negotiate("", onNewConnection))
              : Optional.empty();
      case DIGEST ->
          digest
              .flatMap(turns -> turns.answerTo(offered))
              .map(authorization -> send(scheme, authorization, onNewConnection));
      case BASIC ->
          basic()
              .filter(authorization -> offered.offer(BASIC))
              .map(authorization -> send(scheme, authorization, onNewConnection));
      case AUTO -> throw new IllegalStateException("no scheme of its own");
    };
  }

  private Step negotiate(String received, boolean onNewConnection) {
    attempts.begin(Authentication.NEGOTIATE);
    return new Step.Blocking(
        () -> {
          try {
            return send(Authentication.NEGOTIATE, legs.next(received), onNewConnection);
          } catch (NegotiateException e) {
            return negotiateFailed(e.getMessage(), onNewConnection || !received.isEmpty());
          }
        });
  }

  /** Negotiate belongs to its connection: on another one it begins from the beginning. */
  private Step negotiateAnew() {
    if (negotiatedAnew) {
      return negotiateFailed("the web proxy did not keep the connection between two tokens", true);
    }
    negotiatedAnew = true;
    legs.close();
    legs = newLegs();
    return negotiate("", true);
  }

  private Step negotiateFailed(String why, boolean onNewConnection) {
    attempts.negotiateFailed(why);
    legs.close();
    return strongestLeft(onNewConnection);
  }

  private NegotiateLegs newLegs() {
    return new NegotiateLegs(tokens, proxy.address().host());
  }

  private Optional<String> basic() {
    return proxy.credentials().filter(credentials -> !memory.basicIsRuledOut()).map(schemes::basic);
  }

  private Optional<Authentication> permitted(Authentication scheme) {
    return Optional.of(scheme).filter(proxy.authentication()::permits);
  }

  private Step.Send send(Authentication scheme, String authorization, boolean onNewConnection) {
    attempts.sent(scheme);
    last = Optional.of(scheme);
    return requests.send(authorization, onNewConnection);
  }
}
