package io.iottunnel.domain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

  private static final Instant NOW = Instant.parse("2026-11-06T08:49:30Z");

  @Test
  void every2xxOpensATunnelAndNothingElse() {
    for (int status : new int[] {200, 201, 299}) {
      assertTrue(HttpAnswer.opensTunnel(status));
    }
    for (int status : new int[] {199, 300, 407}) {
      assertFalse(HttpAnswer.opensTunnel(status));
    }
    assertFalse(answer("").opensTunnel());
  }

  @Test
  void listsElementsWhateverTheirCaseAndHoweverManyFields() {
    HttpAnswer answer =
        answer("", new HttpField("Connection", "x, Close"), new HttpField("connection", "y"));

    assertTrue(answer.lists("connection", "close"));
    assertTrue(answer.lists("connection", "y"));
    assertFalse(answer.lists("connection", "keep-alive"));
  }

  @Test
  void quotesStatusAndReason() {
    assertEquals("403 Not\\u0007 here", answer("Not\u0007 here").quoted());
    assertEquals("403", answer("").quoted());
  }

  @Test
  void findsAFieldWhateverTheCaseOfItsName() {
    HttpAnswer answer = answer("", new HttpField("LOCATION", "a\n"), new HttpField("location", ""));
    assertEquals(Optional.of("a\\n"), answer.header("Location"));
    assertEquals(List.of("a\n", ""), answer.values("Location"));
    assertEquals(Optional.empty(), answer.header("Via"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "' 120 ', 120",
    "'Fri, 06 Nov 2026 08:49:37 GMT', 7",
    "'Friday, 06-Nov-26 08:49:37 GMT', 7",
    "'Fri Nov  6 08:49:37 2026', 7",
    "'Fri, 06 Nov 2026 08:49:20 GMT', 0",
  })
  void readsRetryAfterInAllItsForms(String value, long seconds) {
    assertEquals(
        Optional.of(Duration.ofSeconds(seconds)),
        answer("", new HttpField("retry-after", value)).retryAfter(NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999", "Fri, 99 Nov 2026 08:49:37 GMT"})
  void ignoresARetryAfterThatMakesNoSense(String value) {
    assertEquals(Optional.empty(), answer("", new HttpField("Retry-After", value)).retryAfter(NOW));
  }

  private static HttpAnswer answer(String reason, HttpField... fields) {
    return new HttpAnswer("HTTP/1.1", 403, reason, List.of(fields), "", false);
  }
}
