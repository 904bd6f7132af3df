package io.iottunnel.domain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain|No tunnels|No tunnels",
        "''|No tunnels|No tunnels",
        "application/json|{}|{}",
        "image/png|PNG|''",
        "text/plain|a <b> c|a <b> c",
        "Text/HTML|<html><style>p {}</style><!-- x --><p>No\ttunnels</p>|No tunnels",
        "''| <!DOCTYPE html><script>if (a > b)</script>No|No",
        "text/html|No<p cut|No",
        "text/plain|your s3cret is wrong|your *** is wrong",
      })
  void showsWhatAPersonCanRead(String type, String body, String shown) {
    assertEquals(shown, textOf(type, false, body));
  }

  @Test
  void showsNothingOfWhatIsCompressed() {
    assertEquals("", textOf("text/plain", true, "No"));
  }

  @Test
  void showsTheFirst200CharactersEscaped() {
    assertEquals("\\u001b" + "x".repeat(199) + "…", textOf("", false, "\u001b" + "x".repeat(1000)));
  }

  private static String textOf(String type, boolean encoded, String body) {
    List<HttpField> fields = new ArrayList<>();
    if (!type.isEmpty()) {
      fields.add(new HttpField("content-type", type));
    }
    if (encoded) {
      fields.add(new HttpField("content-encoding", "gzip"));
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return BodyText.of(fields, bytes, Secrets.of(List.of("s3cret")));
  }
}
