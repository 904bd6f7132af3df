package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.webproxy.Credentials;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;

/** What one dialog does by Digest: two requests at most, of which one had a nonce that was old. */
final class DigestTurns {

  private final Credentials credentials;
  private final String target;
  private final ProxyMemory memory;
  private Optional<DigestNonce> nonce = Optional.empty();
  private boolean remembered;
  private boolean renewed;

  /**
   * @param target the target of the requests
   */
  DigestTurns(Credentials credentials, String target, ProxyMemory memory) {
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
    nonce = DigestNonce.strongest(offered, credentials);
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
            || offered.of(DigestNonce.SCHEME).anyMatch(challenge -> challenge.isTrue("stale"));
    if (renewed || !old) {
      return Optional.empty();
    }
    renewed = true;
    return answerTo(offered);
  }

  /** The credentials for one more request with the same nonce. */
  Optional<String> repeated() {
    return nonce.map(known -> known.authorization(HttpMethod.CONNECT.asString(), target));
  }

  /** The web proxy accepted the credentials, and perhaps named the next nonce (section 3.5). */
  void accepted(HttpFields headers) {
    Optional<String> next =
        Optional.ofNullable(headers.get("Proxy-Authentication-Info"))
            .map(info -> Challenges.parameters(info).get("nextnonce"));
    nonce.ifPresent(used -> memory.accepted(next.map(used::next).orElse(used)));
  }
}
