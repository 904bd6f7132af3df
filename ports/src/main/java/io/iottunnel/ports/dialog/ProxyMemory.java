package io.iottunnel.ports.dialog;

import io.iottunnel.domain.webproxy.Credentials;
import java.util.Optional;

/** What this process has learned of one web proxy's authentication. Thread-safe. */
final class ProxyMemory {

  private boolean basicRuledOut;
  private Optional<DigestNonce> accepted = Optional.empty();

  /** It asked for credentials and did not offer Basic: it shall not see a password in the clear. */
  synchronized void ruleOutBasic() {
    basicRuledOut = true;
  }

  synchronized boolean basicIsRuledOut() {
    return basicRuledOut;
  }

  /** It accepted what was sent for {@code nonce}, or wants this one next. */
  synchronized void accepted(DigestNonce nonce) {
    accepted = Optional.of(nonce);
  }

  /** It did not accept what was sent for {@code nonce}. */
  synchronized void rejected(DigestNonce nonce) {
    accepted = accepted.filter(known -> !known.equals(nonce));
  }

  /** The nonce that it accepted last, by which a request can do without another challenge. */
  synchronized Optional<DigestNonce> nonceFor(Credentials credentials) {
    return accepted.filter(nonce -> nonce.credentials().equals(credentials));
  }
}
