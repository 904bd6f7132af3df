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

  /** The message names {@code hex}, be its bytes separated by colons or not. */
  static void nameIgnoringColons(Throwable failure, String hex) {
    String message = String.valueOf(failure.getMessage());
    assertTrue(
        message.replace(":", "").toLowerCase(Locale.ROOT).contains(hex),
        "'" + hex + "' should be named in: " + message);
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
