package io.iottunnel.domain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersistenceTest {

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1, Via, x, true",
    "HTTP/1.1, connection, 'x, Close', false",
    "HTTP/1.1, Proxy-Connection, close, false",
    "HTTP/1.0, Via, x, false",
    "HTTP/1.0, Connection, Keep-Alive, true",
    "HTTP/1.0, Proxy-Connection, keep-alive, true",
  })
  void goesByVersionAndOptions(String version, String name, String value, boolean kept) {
    assertEquals(kept, Persistence.of(version, List.of(new HttpField(name, value))));
  }
}
