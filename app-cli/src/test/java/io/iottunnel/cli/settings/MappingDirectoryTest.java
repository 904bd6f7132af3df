package io.iottunnel.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.ServiceMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingDirectoryTest {

  @TempDir private Path directory;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void everyFileBelowTheDirectoryIsRead() throws IOException {
    file("ssh.ini", "SSH1=22\n");
    file("web/of/site.ini", "# the site\n; of today\n\n  WEB.8080 = 10.0.0.1:80 \r\n");
    file("local", "X=/run/app.sock");

    assertEquals("SSH1=localhost:22,WEB.8080=10.0.0.1:80,X=/run/app.sock", read().toString());
    assertEquals(List.of(), warnings);
  }

  @Test
  void linksAreFollowedAndHiddenFilesPassedOver() throws IOException {
    Path elsewhere = file("..data/SSH1", "SSH1=22");
    Files.createSymbolicLink(directory.resolve("SSH1.ini"), elsewhere);
    file(".hidden", "nonsense");

    assertEquals("SSH1=localhost:22", read().toString());
    assertEquals(List.of(), warnings);
  }

  @Test
  void aLinkInACircleIsAWarning() throws IOException {
    file("SSH1.ini", "SSH1=22");
    Path loop = Files.createSymbolicLink(directory.resolve("loop"), directory);

    assertEquals("SSH1=localhost:22", read().toString());
    assertEquals(List.of(loop + ": ignored: it is a link to a directory that it is in"), warnings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SSH1=70000   | :2: 'SSH1=70000' cannot be used: the port must be a number, at most 65535. Example: SSH1=5555,SSH2=6666. The file is ignored.
          SSH1         | :2: SERVICE=ENDPOINT is expected. The file is ignored.
          5555         | :2: SERVICE=ENDPOINT is expected. The file is ignored.
          =22          | :2: '=22' cannot be used: a service's name has 1 to 128 letters, digits, ':', '.', '_' and '-'. Example: SSH1=5555,SSH2=6666. The file is ignored.
          A=1,B=2      | :2: SERVICE=ENDPOINT is expected. The file is ignored.
          [section]    | :2: SERVICE=ENDPOINT is expected. The file is ignored.
          GOOD=5       | :2: service GOOD is given twice in this file. The file is ignored.
          """)
  void aFileThatDoesNotParseIsLeftOutAsAWholeWithAWarning(String line, String warning)
      throws IOException {
    Path bad = file("bad.ini", "GOOD=4\n" + line + "\n");
    file("good.ini", "SSH1=22");

    assertEquals("SSH1=localhost:22", read().toString());
    assertEquals(List.of(bad + warning), warnings);
  }

  @Test
  void aFileThatIsNoTextIsLeftOutWithAWarning() throws IOException {
    Path image = Files.write(directory.resolve("image.png"), new byte[] {(byte) 0x89, 'P'});

    assertEquals("", read().toString());
    assertEquals(List.of(image + ": ignored: it is not text in UTF-8"), warnings);
  }

  @Test
  void ofTwoFilesForOneServiceTheFirstByNameCounts() throws IOException {
    Path second = file("b.ini", "SSH1=2222\nWEB=80");
    Path first = file("a.ini", "\nSSH1=22");

    assertEquals("SSH1=localhost:22,WEB=localhost:80", read().toString());
    assertEquals(
        List.of(second + ":1: ignored: service SSH1 is given in " + first + ":2 already"),
        warnings);
  }

  @Test
  void aDirectoryThatCannotBeMeantIsLeftOut() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      Files.createFile(directory.resolve("file" + i));
    }
    file("SSH1.ini", "SSH1=22");

    assertEquals("", read().toString());
    assertEquals(
        List.of(directory + ": ignored: there are more than 1000 files and directories in it"),
        warnings);
  }

  @Test
  void anEmptyDirectoryMapsNothing() {
    assertTrue(read().endpoints().isEmpty());
    assertEquals(List.of(), warnings);
  }

  private ServiceMapping read() {
    return MappingDirectory.read(directory, ServiceMapping::ofApplications, warnings::add);
  }

  private Path file(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
