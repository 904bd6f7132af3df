package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.testkit.secrets.Secrets;
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

  /** Neither the message nor those of its causes hold any secret of a test, in whatever form. */
  static void conceal(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      assertFalse(Secrets.areIn(each.toString()), "a secret is in: " + each);
    }
  }
}
