package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;

/** What an error message must hold, and must not. */
final class Messages {

  private Messages() {}

  /** The message names each of {@code parts}, in whatever case. */
  static void name(Throwable failure, String... parts) {
    String message = String.valueOf(failure.getMessage());
    for (String part : parts) {
      assertTrue(
          message.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)),
          "'" + part + "' should be named in: " + message);
    }
  }

  /** Neither the message nor those of its causes hold any of {@code secrets}. */
  static void conceal(Throwable failure, String... secrets) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      for (String secret : secrets) {
        assertFalse(each.toString().contains(secret), "a secret is in: " + each);
      }
    }
  }
}
