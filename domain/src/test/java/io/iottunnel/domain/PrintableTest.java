package io.iottunnel.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void plainTextStaysAsItIs() {
    assertEquals("Grüße, 世界 🙂", Printable.of("Grüße, 世界 🙂", 100));
  }

  @Test
  void whatCouldForgeALineOrMoveTheCursorIsEscaped() {
    assertEquals(
        "a\\r\\n\\tb\\u001b[2J\\u2028\\u202e\\u0085\\u0000\\U0e0001",
        Printable.of("a\r\n\tb\u001b[2J\u2028\u202e\u0085\u0000\udb40\udc01", 100));
  }

  @Test
  void anUnpairedSurrogateIsEscaped() {
    assertEquals("x\\ud800y", Printable.of("x\ud800y", 100));
  }

  @Test
  void longTextIsCutWithAnEllipsis() {
    assertEquals("abc…", Printable.of("abcdef", 3));
    assertEquals("abc", Printable.of("abc", 3));
  }
}
