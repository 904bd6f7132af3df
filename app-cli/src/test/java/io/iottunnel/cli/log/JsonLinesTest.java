package io.iottunnel.cli.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.engine.LogLevel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class JsonLinesTest {

  private static final Instant NOW = Instant.parse("2026-01-02T07:12:01.000098765Z");

  @Test
  void anEntryIsOneObjectOnOneLine() {
    assertEquals(
        "{\"time\":\"2026-01-02T07:12:01.000098Z\",\"level\":\"warning\",\"thread\":\"main\","
            + "\"message\":\"a \\\"b\\\"\\nc\\\\d\\u00e9\\u001b\"}",
        line("main", "a \"b\"\nc\\d\u00e9\u001b"));
  }

  @Property(tries = 300)
  void whateverIsLoggedComesBackFromJsonAndIsOneLineOfAscii(
      @ForAll @CharRange(from = 0, to = '\uffff') String thread, @ForAll String message) {
    String line = line(thread, message);

    assertTrue(line.chars().allMatch(c -> c >= ' ' && c <= '~'), line);
    Map<String, String> fields = fields(line);
    assertEquals(List.of("time", "level", "thread", "message"), List.copyOf(fields.keySet()));
    assertEquals(thread, fields.get("thread"));
    assertEquals(message, fields.get("message"));
  }

  private static String line(String thread, String message) {
    StringBuilder line = new StringBuilder();
    new JsonLines().write(line, NOW, thread, LogLevel.WARNING, message);
    return line.toString();
  }

  private static Map<String, String> fields(String line) {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        json.nextToken();
        fields.put(json.currentName(), json.getString());
      }
    }
    return fields;
  }
}
