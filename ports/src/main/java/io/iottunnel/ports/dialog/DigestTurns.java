package io.iottunnel.ports.dialog;

import io.iottunnel.domain.http.Challenges;
import io.iottunnel.domain.http.DigestChallenge;
import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.domain.webproxy.Credentials;
import java.util.Optional;

/** What one dialog does by Digest: two requests at most, of which one had a nonce that was old. */
final class DigestTurns {

  private final AuthenticationSchemes schemes;
  private final Credentials credentials;
  private final String target;
  private final ProxyMemory memory;
  private Optional<DigestNonce> nonce = Optional.empty();
  private boolean remembered;
  private boolean renewed;

  /**
   * @param target the target of the requests
   */
  DigestTurns(
      AuthenticationSchemes schemes, Credentials credentials, String target, ProxyMemory memory) {
    this.schemes = schemes;
    this.credentials = credentials;
    this.target = target;
    this.memory = memory;
  }

  /** The credentials for a request without a challenge, where an earlier nonce may still do. */
  Optional<String> atOnce() {
    nonce = memory.nonceFor(credentials);
    remembered = nonce.isPresent();
    return repeated();
  }

  /** The credentials in answer to what is offered; empty where no challenge can be answered. */
  Optional<String> answerTo(Challenges offered) {
    nonce = DigestChallenge.strongest(offered).map(this::nonce);
    return repeated();
  }

  /**
   * The credentials that are sent although others have been refused: the web proxy says that only
   * the nonce was old, or it was one from earlier, about which it may have forgotten everything.
   */
  Optional<String> anew(Challenges offered) {
    nonce.ifPresent(memory::rejected);
    boolean old =
        remembered
            || offered.of(DigestChallenge.SCHEME).anyMatch(challenge -> challenge.isTrue("stale"));
    if (renewed || !old) {
      return Optional.empty();
    }
    renewed = true;
    return answerTo(offered);
  }

  /** The credentials for one more request with the same nonce. */
  Optional<String> repeated() {
    return nonce.map(known -> known.digest().authorization("CONNECT", target));
  }

  /** The web proxy accepted the credentials, and perhaps named the next nonce (section 3.5). */
  void accepted(HttpAnswer answer) {
    Optional<String> next =
        answer
            .value("Proxy-Authentication-Info")
            .map(info -> Challenges.parameters(info).get("nextnonce"));
    nonce.ifPresent(
        used ->
            memory.accepted(
                next.map(other -> nonce(used.challenge().withNonce(other))).orElse(used)));
  }

  private DigestNonce nonce(DigestChallenge challenge) {
    return DigestNonce.of(challenge, credentials, schemes);
  }
}
