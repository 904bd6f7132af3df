package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.webproxy.Authentication;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What one dialog has done to authenticate. */
final class Attempts {

  private final Set<Authentication> tried = EnumSet.noneOf(Authentication.class);
  private final Set<Authentication> sent = EnumSet.noneOf(Authentication.class);
  private Optional<String> trouble = Optional.empty();

  /** {@code scheme} has its turn; it will not have another one. */
  void begin(Authentication scheme) {
    tried.add(scheme);
  }

  boolean include(Authentication scheme) {
    return tried.contains(scheme);
  }

  /** Credentials were sent by {@code scheme}. */
  void sent(Authentication scheme) {
    tried.add(scheme);
    sent.add(scheme);
  }

  boolean sentBy(Authentication scheme) {
    return sent.contains(scheme);
  }

  /** Whether user and password were sent, in whatever form. */
  boolean sentCredentials() {
    return sentBy(Authentication.DIGEST) || sentBy(Authentication.BASIC);
  }

  /** Negotiate ended by this, on our side. */
  void negotiateFailed(String why) {
    trouble = Optional.of(why);
  }

  Optional<String> negotiateTrouble() {
    return trouble;
  }
}
