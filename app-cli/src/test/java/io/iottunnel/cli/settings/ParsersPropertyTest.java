package io.iottunnel.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.given.Given;
import io.iottunnel.cli.given.Surroundings;
import io.iottunnel.cli.tuning.Tuning;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.ServiceMapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever stands in a file or on the command line, it is taken, or refused with a message for the
 * user; nothing else is thrown, and no secret is quoted.
 */
class ParsersPropertyTest {

  private static final String SECRET = "S3cr3t";

  private static Path directory;
  private static Path file;

  @BeforeContainer
  static void create() throws IOException {
    directory = Files.createTempDirectory("parsers");
    file = directory.resolve("file");
  }

  @AfterContainer
  static void delete() throws IOException {
    Files.deleteIfExists(file);
    Files.delete(directory);
  }

  @Property(tries = 200)
  void anyFileOfOptionsIsTakenOrRefusedByItsLine(@ForAll("options") String content)
      throws IOException {
    Files.writeString(file, content);
    try {
      ConfigFile.read(named());
    } catch (ConfigurationException refusal) {
      assertFit(refusal.getMessage());
    }
  }

  @Property(tries = 200)
  void anyFileOfMappingsIsTakenOrLeftOutByItsLine(@ForAll("mappings") String content)
      throws IOException {
    Files.writeString(file, content);
    List<String> warnings = new ArrayList<>();

    ServiceMapping mapping =
        MappingDirectory.read(directory, ServiceMapping::ofApplications, warnings::add);

    assertTrue(warnings.size() <= 1, warnings.toString());
    assertTrue(warnings.isEmpty() || mapping.endpoints().isEmpty());
    warnings.forEach(ParsersPropertyTest::assertFit);
  }

  @Property(tries = 200)
  void anyFileOfSettingsIsTakenOrRefusedByItsLine(@ForAll("json") String content)
      throws IOException {
    Files.writeString(file, content);
    List<String> warnings = new ArrayList<>();
    try {
      Tuning.read(named(), warnings::add);
    } catch (ConfigurationException refusal) {
      assertFit(refusal.getMessage());
    }
    warnings.forEach(ParsersPropertyTest::assertOneLine);
  }

  @Property(tries = 200)
  void anyCommandLineIsTakenOrRefusedWithoutItsSecrets(@ForAll("commandLines") List<String> words) {
    CommandModel.Parsed parsed = new CommandModel().parse(words.toArray(new String[0]));
    Surroundings surroundings =
        new Surroundings(name -> Optional.empty(), InputStream.nullInputStream(), directory);
    try {
      Settings settings =
          SettingsReader.read(
              Layers.of(parsed.orRefuse(), surroundings.environment()), surroundings);
      assertFalse(settings.toString().contains(SECRET), settings.toString());
    } catch (ConfigurationException refusal) {
      assertOneLine(refusal.getMessage());
      assertFalse(refusal.getMessage().contains(SECRET), refusal.getMessage());
    }
  }

  private static Given named() {
    return new Given(file.toString(), "--file");
  }

  private static void assertFit(String message) {
    assertTrue(message.startsWith(file + ":"), message);
    assertOneLine(message);
  }

  private static void assertOneLine(String message) {
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.codePoints().noneMatch(Character::isISOControl), message);
  }

  @Provide
  Arbitrary<String> options() {
    Arbitrary<String> keys =
        Arbitraries.of(Option.values()).map(option -> option.form().longName());
    Arbitrary<String> lines =
        Combinators.combine(either(keys, text()), Arbitraries.of(" = ", "=", " ", " # "), values())
            .as((key, equals, value) -> key + equals + value);
    return lines(lines);
  }

  @Provide
  Arbitrary<String> mappings() {
    Arbitrary<String> services = Arbitraries.of("SSH1", "a.b", "", "\u00e9", "x y");
    return lines(
        either(
            Combinators.combine(services, values()).as((service, value) -> service + "=" + value),
            text()));
  }

  @Provide
  Arbitrary<String> json() {
    Arbitrary<String> tokens =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\n",
            "\"tunneling\"",
            "\"proxy\"",
            "\"tcp\"",
            "{\"tunneling\":{\"proxy\":{",
            "\"tcp.read_buffer_size\"",
            "\"websocket\"",
            "\"region_endpoint_overrides\"",
            "\"eu-west-1\"",
            "\"max_frame_size\"",
            "5",
            "-1",
            "1e99",
            "null",
            "true",
            "\"\\u0000\"",
            "\"host:1\"");
    return either(tokens, text()).list().ofMaxSize(12).map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<String>> commandLines() {
    Arbitrary<List<String>> anyOption =
        Combinators.combine(Arbitraries.of(Option.values()), values())
            // Or a directory of this machine may be read, of which nothing is known.
            .filter((option, value) -> option != Option.CONFIG_DIR)
            .as(this::words);
    Arbitrary<List<String>> secret =
        Arbitraries.of(
            List.of("-t", SECRET),
            List.of("-i", SECRET),
            List.of("--client-token=" + SECRET + "-0123456789-0123456789-0123456789"),
            List.of("--web-proxy", "http://user:" + SECRET + "@proxy:0"),
            List.of("--web-proxy", "http://user:" + SECRET + "@proxy:80"));
    Arbitrary<List<String>> usual =
        Arbitraries.of(List.of("-r", "eu-west-1"), List.of("-s", "5555"), List.of("-m", "dst"));
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(2, anyOption),
            net.jqwik.api.Tuple.of(2, secret),
            net.jqwik.api.Tuple.of(3, usual))
        .list()
        .ofMaxSize(6)
        .map(parts -> parts.stream().flatMap(List::stream).toList());
  }

  private List<String> words(Option option, String value) {
    return option.form().value() == OptionForm.Value.NONE
        ? List.of(option.form().longForm())
        : List.of(option.form().longForm(), value);
  }

  private static Arbitrary<String> values() {
    return either(
        Arbitraries.of(
            "5555",
            "0",
            "65536",
            "[::1]:22",
            "host:22",
            "/run/a.sock",
            "A=1,B=2",
            "A=1,A=2",
            "true",
            "-",
            "eu-west-1",
            "http://u:p@h:1",
            "none",
            "999999999999",
            "V1",
            ""),
        text());
  }

  private static Arbitrary<String> text() {
    return Arbitraries.strings()
        .withChars("=#;,:[]{}@%/\\\"'-. \t\r\n\u0000\u001b\u2028\ufeff")
        .alpha()
        .numeric()
        .ofMaxLength(12);
  }

  private static Arbitrary<String> lines(Arbitrary<String> line) {
    return Combinators.combine(line.list().ofMaxSize(5), Arbitraries.of("\n", "\r\n"))
        .as((lines, end) -> String.join(end, lines));
  }

  private static Arbitrary<String> either(Arbitrary<String> one, Arbitrary<String> other) {
    return Arbitraries.oneOf(List.of(one, other));
  }
}
