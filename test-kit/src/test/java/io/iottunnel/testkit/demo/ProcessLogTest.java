package io.iottunnel.testkit.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProcessLogTest {

  private final ProcessLog log = new ProcessLog();

  private static String entry(String text) {
    return "[2026-11-22 07:12:21.298715] (localproxy-io) [info] " + text;
  }

  @Test
  void anEntryIsReadAsItIsDocumented() {
    LogLine line = LogLine.parse(entry("Starting proxy in source mode")).orElseThrow();

    assertEquals("Starting proxy in source mode", line.text());
    assertEquals(
        LocalDateTime.of(2026, 11, 22, 7, 12, 21, 298_715_000)
            .atZone(ZoneId.systemDefault())
            .toInstant(),
        line.at());
    assertFalse(LogLine.parse("HTTP/1.1 200 Connection established").isPresent());
  }

  @Test
  void whatCameBeforeTheMarkIsNotFound() throws InterruptedException {
    log.add(entry("Listening on 1"));
    long mark = log.mark();
    log.add(entry("Listening on 2"));

    assertEquals("Listening on 1", text(log.await("Listening", 0, Deadline.LIMIT)));
    assertEquals("Listening on 2", text(log.await("Listening", mark, Deadline.LIMIT)));
  }

  @Test
  void whoWaitsIsWokenByTheEntryAndByTheEnd() {
    CompletableFuture<Optional<LogLine>> listening =
        Background.start(() -> log.await("Listening", 0, Deadline.LIMIT));
    log.add("no entry at all");
    log.add(entry("Listening on 1"));
    assertEquals("Listening on 1", text(Deadline.get(listening, "the entry")));

    CompletableFuture<Optional<LogLine>> never =
        Background.start(() -> log.await("Never", 0, Duration.ofDays(1)));
    log.end();
    assertFalse(Deadline.get(never, "the end").isPresent());
  }

  @Test
  void onlyTheLastLinesAreKept() {
    for (int i = 0; i < 1_000; i++) {
      log.add("line " + i);
    }

    assertEquals(List.of("line 998", "line 999"), log.last(2));
    assertEquals(200, log.last(1_000).size());
  }

  private static String text(Optional<LogLine> line) {
    return line.orElseThrow().text();
  }
}
