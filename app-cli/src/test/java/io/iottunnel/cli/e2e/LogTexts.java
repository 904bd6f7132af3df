package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.cli.LocalProxyProcess;
import java.util.List;

/** The lines of a log without time, thread and level. */
record LogTexts(List<String> lines) {

  static LogTexts of(LocalProxyProcess run) {
    return new LogTexts(
        run.err()
            .lines()
            .map(line -> line.replaceFirst("^\\[.*?\\] \\(.*?\\) \\[\\w+\\] ", ""))
            .toList());
  }

  LogTexts replacing(String pattern, String replacement) {
    return new LogTexts(
        lines.stream().map(line -> line.replaceFirst(pattern, replacement)).toList());
  }

  /** Each of these is there once, whole, and behind the one before. */
  void assertContainsInOrder(List<String> expected) {
    assertEquals(
        expected,
        lines.stream().filter(expected::contains).toList(),
        () -> String.join("\n", lines));
  }
}
