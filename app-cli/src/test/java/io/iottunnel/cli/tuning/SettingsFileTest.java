package io.iottunnel.cli.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.given.Given;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {

  private final List<String> warnings = new ArrayList<>();
  private Path file;

  @BeforeEach
  void name(@TempDir Path directory) {
    file = directory.resolve("settings.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'tunneling': {'proxy': {'tcp': {'connection_retry_count': 7}}}}",
        "{'tunneling': {'proxy': {'tcp': {'connection_retry_count': '7'}}}}",
        "{'tunneling.proxy': {'tcp.connection_retry_count': 7}}"
      })
  void namesAreNestedOrJoinedAndNumbersMayStandInQuotes(String json) throws IOException {
    assertEquals(7, read(json).tunnel().localRetries());
    assertEquals(List.of(), warnings);
  }

  @Test
  void whatIsNotSaidIsAsUsual() throws IOException {
    assertEquals(Tuning.usual(), read("{}"));
    assertEquals(Tuning.usual(), read("{'tunneling': {'proxy': {'tcp': {}}}}"));
  }

  /** As the documentation of the reference shows it, in the form that the reference writes. */
  @Test
  void aFileOfTheReferenceIsTaken() throws IOException {
    Tuning tuning =
        read(
            """
            {
              "tunneling": {"proxy": {
                "default_bind_address": "localhost",
                "message": {"data_length_size": "2", "max_payload_size": "64512", "max_size": "65536"},
                "tcp": {"connection_retry_count": "5", "connection_retry_delay_ms": "1000",
                        "read_buffer_size": "131076"},
                "websocket": {"ping_period_ms": "5000", "retry_delay_ms": "2500",
                  "connect_retry_count": "-1", "reconnect_on_data_error": "true",
                  "subprotocol": "aws.iot.securetunneling-1.0", "max_frame_size": "131076",
                  "write_buffer_size": "131076", "read_buffer_size": "131076"}
              }}
            }
            """);

    assertEquals(Duration.ofSeconds(5), tuning.tunnel().pingPeriod());
    assertEquals(Duration.ofSeconds(1), tuning.tunnel().localRetryDelay());
    assertEquals("aws.iot.securetunneling-1.0", tuning.tunnel().subprotocol());
    assertEquals(List.of(), warnings);
  }

  @Test
  void regionsCanBeElsewhere() throws IOException {
    Tuning tuning =
        read(
            "{'tunneling': {'proxy': {'endpoint_format': 'iot.%s.example.com',"
                + " 'region_endpoint_overrides': {'eu-west-1': 'vpce.example.com:8443'}}}}");

    assertEquals("iot.%s.example.com", tuning.endpoints().format());
    assertEquals(
        Map.of("eu-west-1", new HostAndPort("vpce.example.com", 8443)),
        tuning.endpoints().overrides());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          message.max_payload_size          | 64513            | a whole number from 1 to 64512 is expected, not '64513'
          message.max_payload_size          | 0                | a whole number from 1 to 64512 is expected, not '0'
          message.data_length_size          | 4                | the number 2 alone is expected, not '4'
          websocket.connect_retry_count     | -2               | a whole number from -1 to 1000000 is expected, not '-2'
          websocket.connect_retry_count     | 1.5              | a whole number from -1 to 1000000 is expected, not '1.5'
          websocket.connect_retry_count     | "many"           | a whole number from -1 to 1000000 is expected, not 'many'
          websocket.connect_retry_count     | true             | a whole number from -1 to 1000000 is expected, not 'true'
          websocket.connect_retry_count     | null             | a whole number from -1 to 1000000 is expected, not 'null'
          websocket.connect_retry_count     | [1]              | a whole number from -1 to 1000000 is expected, not '['
          websocket.connect_retry_count     | {'a': 1}         | a whole number from -1 to 1000000 is expected, not '{'
          websocket.connect_retry_count     | 99999999999999999999 | a whole number from -1 to 1000000 is expected, not '99999999999999999999'
          websocket.reconnect_on_data_error | 1                | true or false is expected, not '1'
          websocket.subprotocol             | "a b"            | a subprotocol's name, letters, digits, '.', '_' and '-' is expected, not 'a b'
          default_bind_address              | 5                | a local IP address or host name without port is expected, in quotes, not '5'
          default_bind_address              | "localhost:5"    | a local IP address or host name without port is expected, not 'localhost:5'
          endpoint_format                   | "host"           | a host name with one %s for the region is expected, not 'host'
          """)
  void aValueOfAWrongTypeOrRangeIsNamedWithWhatIsAllowed(String key, String value, String reason)
      throws IOException {
    assertEquals(
        file + ":2: tunneling.proxy." + key + ": " + reason,
        refusal("{'tunneling': {'proxy': {\n'" + key + "': " + value + "}}}"));
  }

  @Test
  void anOverrideThatIsNoEndpointIsNamed() throws IOException {
    String refusal =
        refusal(
            "{'tunneling': {'proxy': {'region_endpoint_overrides': {\n'eu-west-1': 'host:x'}}}}");

    assertTrue(
        refusal.startsWith(
            file + ":2: tunneling.proxy.region_endpoint_overrides.eu-west-1: 'host:x' is not HOST"),
        refusal);
  }

  @Test
  void anObjectIsExpectedWhereSettingsAreNested() throws IOException {
    assertEquals(
        file + ":1: tunneling.proxy: an object is expected",
        refusal("{'tunneling': {'proxy': 5}}"));
    assertEquals(
        file + ":1: tunneling.proxy.region_endpoint_overrides: an object is expected",
        refusal("{'tunneling': {'proxy': {'region_endpoint_overrides': 'x'}}}"));
  }

  @Test
  void aSettingIsGivenOnce() throws IOException {
    String count = "'connection_retry_count'";

    assertEquals(
        file + ":2: tunneling.proxy.tcp.connection_retry_count is given twice in this file",
        refusal("{'tunneling': {'proxy': {'tcp': {" + count + ": 1,\n" + count + ": 1}}}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'tunneling': {'proxy': {'tcp': {'conection_retry_count': 7}}}} | :1: 'tunneling.proxy.tcp.conection_retry_count' is no setting, and ignored; did you mean 'tunneling.proxy.tcp.connection_retry_count'?
          {'tunneling': {'proxy': {'websockt': {'a': [{}]}}}}             | :1: 'tunneling.proxy.websockt' is no setting, and ignored
          {'tcp': {'connection_retry_count': 7}}                          | :1: 'tcp' is no setting, and ignored; settings stand under tunneling.proxy
          """)
  void anUnknownSettingIsIgnoredWithAWarning(String json, String warning) throws IOException {
    assertEquals(Tuning.usual(), read(json));
    assertEquals(List.of(file + warning), warnings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'tunneling': {\\n'proxy': hidden-token}} | :2
          hidden-token                              | :1
          {'tunneling': {                           | :1
          {'tunneling': {}                          | :1
          """)
  void whatIsNotJsonIsSaidWithoutQuotingIt(String json, String line) throws IOException {
    String refusal = refusal(json.replace("\\n", "\n"));

    assertTrue(refusal.startsWith(file + line + ": this is not JSON, from column "), refusal);
    assertFalse(refusal.contains("hidden"), refusal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "[]", "null"})
  void anythingButAnObjectIsRefused(String json) throws IOException {
    assertEquals(file + ":1: a JSON object is expected", refusal(json));
  }

  @Test
  void nothingMayFollowTheObject() throws IOException {
    assertEquals(file + ":2: nothing is expected behind the JSON object", refusal("{}\n{}"));
  }

  @Test
  void moreThanAQuarterOfTheHeapIsNotTaken() throws IOException {
    long quarter = Runtime.getRuntime().maxMemory() / 4;

    Tuning tuning =
        read("{'tunneling': {'proxy': {'tcp': {'write_buffer_total': 1099511627776}}}}");

    assertEquals(quarter, tuning.tunnel().writeBufferTotal());
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("a quarter of the heap, " + quarter), warnings.get(0));
  }

  private Tuning read(String json) throws IOException {
    Files.writeString(file, json.replace('\'', '"'));
    return Tuning.read(new Given(file.toString(), "--settings-json"), warnings::add);
  }

  private String refusal(String json) {
    return assertThrows(ConfigurationException.class, () -> read(json)).getMessage();
  }
}
