package io.iottunnel.domain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadWatchTest {

  private final HeadWatch watch = new HeadWatch(Secrets.of(List.of("s3cret")));

  @Test
  void letsHttpPass() throws BadAnswerException {
    assertTrue(watch.isUntouched());
    pass("HTTP/1.0 200 \u0001\u00ff\r\nVia: x\r\n\r\n");
    watch.nextHead();
    pass("HTTP/1.1 200\n\n");
    watch.end();
    assertFalse(watch.isUntouched());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-x\n", "HTTP/2 200\n", "\r\n", "HTTP/1.\u0000", "\u00ff"})
  void speaksUpWithTheByteThatMakesItCertain(String text) throws BadAnswerException {
    int last = text.length() - 1;
    if (text.startsWith("HTTP/1.")) {
      pass(text); // only its parser can say what is wrong with that
    } else {
      pass(text.substring(0, last));
      assertThrows(BadAnswerException.class, () -> pass(text.substring(last)));
    }
  }

  @Test
  void quotesTheFirstBytesMaskedAndEscaped() {
    BadAnswerException bad =
        assertThrows(BadAnswerException.class, () -> pass("220 s3cret\tready\r\n"));
    assertEquals("is not HTTP: it begins with \"220 ***\\tready\"", bad.getMessage());
    assertFalse(bad.isTls());
  }

  @Test
  void waitsForTheEndOfALineForSoLongOnly() throws BadAnswerException {
    pass("x".repeat(1023));
    BadAnswerException bad = assertThrows(BadAnswerException.class, () -> pass("x"));
    assertTrue(bad.getMessage().endsWith("\"" + "x".repeat(60) + "…\""), bad.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0015", "\u0016"})
  void knowsTlsByItsFirstByte(String record) {
    assertTrue(assertThrows(BadAnswerException.class, () -> pass(record)).isTls());
  }

  @Test
  void whatEndsTooEarlyIsHttpIfItBeganLikeIt() throws BadAnswerException {
    pass("HTTP");
    watch.end();
  }

  @Test
  void whatEndsTooEarlyIsQuotedIfItBeganUnlikeHttp() throws BadAnswerException {
    pass("* OK");
    assertThrows(BadAnswerException.class, watch::end);
  }

  @Test
  void countsAllHeadsOfAnAnswerTogether() throws BadAnswerException {
    String head = "HTTP/1.1 100 Continue\n\n";
    for (int i = 0; i < 65536 / head.length(); i++) {
      pass(head);
      watch.nextHead();
    }
    BadAnswerException bad = assertThrows(BadAnswerException.class, () -> pass(head));
    assertEquals("has more than 64 KiB of header fields", bad.getMessage());
  }

  private void pass(String text) throws BadAnswerException {
    for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
      watch.pass(b);
    }
  }
}
