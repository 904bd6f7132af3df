package io.iottunnel.domain.webproxy;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What one dialog has done to authenticate. */
public final class Attempts {

  private final Set<Authentication> tried = EnumSet.noneOf(Authentication.class);
  private final Set<Authentication> sent = EnumSet.noneOf(Authentication.class);
  private Optional<String> trouble = Optional.empty();

  /** Nothing, so far. */
  public Attempts() {}

  /** {@code scheme} has its turn; it will not have another one. */
  public void begin(Authentication scheme) {
    tried.add(scheme);
  }

  /** Whether {@code scheme} has had its turn. */
  public boolean include(Authentication scheme) {
    return tried.contains(scheme);
  }

  /** Credentials were sent by {@code scheme}. */
  public void sent(Authentication scheme) {
    tried.add(scheme);
    sent.add(scheme);
  }

  /** Whether something was sent by {@code scheme}. */
  public boolean sentBy(Authentication scheme) {
    return sent.contains(scheme);
  }

  /** Whether user and password were sent, in whatever form. */
  public boolean sentCredentials() {
    return sentBy(Authentication.DIGEST) || sentBy(Authentication.BASIC);
  }

  /** Negotiate ended by this, on our side. */
  public void negotiateFailed(String why) {
    trouble = Optional.of(why);
  }

  /** What ended Negotiate on our side. */
  public Optional<String> negotiateTrouble() {
    return trouble;
  }
}
