package io.iottunnel.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

  private static final String SECRET = "S3cr3t-S3cr3t-S3cr3t-S3cr3t-S3cr3t";

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\n", "\u007f", "é", " a"})
  void anAccessTokenTravelsInAHeader(String text) {
    assertRefused(AccessToken::new, text, "printable ASCII without blanks");
  }

  @Test
  void anAccessTokenMayHaveEveryVisibleCharacter() {
    assertEquals("!~", new AccessToken("!~").value());
  }

  @Test
  void aClientTokenHas32To128LettersDigitsAndHyphens() {
    for (int length : new int[] {32, 128}) {
      assertEquals(length, new ClientToken("x".repeat(length)).value().length());
    }
    assertRefused(ClientToken::new, "x".repeat(31), "has 31 characters");
    assertRefused(ClientToken::new, "x".repeat(129), "has 129 characters");
    assertRefused(
        ClientToken::new, "x".repeat(31) + "_", "has 32 characters of which some are others");
    assertRefused(
        ClientToken::new, "x".repeat(127) + "_", "has 128 characters of which some are others");
  }

  @Test
  void neitherIsShown() {
    assertFalse(new AccessToken(SECRET).toString().contains(SECRET));
    assertFalse(new ClientToken(SECRET).toString().contains(SECRET));
    assertTrue(new AccessToken(SECRET).toString().contains("***"));
    assertTrue(new ClientToken(SECRET).toString().contains("***"));
  }

  private static void assertRefused(Function<String, ?> type, String text, String why) {
    String message =
        assertThrows(ConfigurationException.class, () -> type.apply(text)).getMessage();
    assertTrue(message.contains(why), message);
    assertTrue(text.length() < 3 || !message.contains(text), message);
  }
}
