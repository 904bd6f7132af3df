package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages for users name the tests that show what they say: each of them exists. */
class NamedTestsTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

  @ParameterizedTest
  @CsvSource({"reliability.md, 40", "security.md, 20"})
  void everyTestThatAPageNamesExists(String page, int atLeast) throws IOException {
    List<MatchResult> named =
        TEST.matcher(Files.readString(ROOT.resolve("docs").resolve(page))).results().toList();
    Map<String, String> sources = sources();

    assertTrue(named.size() > atLeast, named.size() + " tests named");
    assertEquals(
        List.of(),
        named.stream()
            .filter(test -> !sources.getOrDefault(test.group(1), "").contains(declaration(test)))
            .map(MatchResult::group)
            .toList());
  }

  private static String declaration(MatchResult test) {
    return "void " + test.group(2) + "(";
  }

  /** All sources of all rooms, by the names of their classes. */
  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> rooms = Files.list(ROOT)) {
      return rooms
          .map(room -> room.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(NamedTestsTest::sourcesIn)
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  NamedTestsTest::read,
                  String::concat));
    }
  }

  private static Stream<Path> sourcesIn(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
