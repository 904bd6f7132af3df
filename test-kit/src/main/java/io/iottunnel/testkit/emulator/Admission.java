package io.iottunnel.testkit.emulator;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who may come in at one end of a tunnel: an access token is spent by its first use, unless a
 * client token came with it; then the same pair may come again. Thread-safe.
 */
final class Admission {

  private final StreamIds streamIds = new StreamIds();
  private String token;
  private boolean spent;
  private Optional<String> clientToken = Optional.empty();

  Admission(String token) {
    this.token = token;
  }

  synchronized String token() {
    return token;
  }

  /** The stream ids that the process behind this end has used. */
  StreamIds streamIds() {
    return streamIds;
  }

  /**
   * Looks at the client token that came with the access token.
   *
   * @param changed takes the news that it is another one than the first time
   * @return the reason to refuse the attempt, if there is one
   */
  synchronized Optional<String> admit(Optional<String> shown, Consumer<String> changed) {
    boolean sameAsFirst = clientToken.isPresent() && clientToken.equals(shown);
    if (clientToken.isPresent() && shown.isPresent() && !sameAsFirst) {
      changed.accept("another one than on the first attempt");
    }
    if (spent && !sameAsFirst) {
      return Optional.of(
          "Invalid access token: The access token was previously used and can not be used again.");
    }
    spent = true;
    clientToken = shown;
    streamIds.begin(shown);
    return Optional.empty();
  }

  /** Replaces the access token. */
  synchronized void rotate(String newToken) {
    token = newToken;
    spent = false;
    clientToken = Optional.empty();
    streamIds.forget();
  }
}
