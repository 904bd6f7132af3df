package io.iottunnel.cli.given;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.testkit.secrets.Printed;
import io.iottunnel.testkit.secrets.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {

  @TempDir private Path directory;
  private final List<String> warnings = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"hidden", "hidden\n", "hidden\r\n", "hidden \n\n", "\ufeffhidden\n"})
  void theOneLineIsTheSecret(String content) throws IOException {
    Given secret = read(file(content, "rw-------"));

    assertEquals("hidden", secret.value());
    assertEquals(List.of(), warnings);
  }

  @Test
  void theOriginOfTheSecretIsTheOptionAndTheFile() throws IOException {
    Path file = file("hidden", "rw-------");

    assertEquals("--x-file '" + file + "'", read(file).origin());
    assertFalse(read(file).isFromCommandLine());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--"})
  void aFileThatOthersCanReadIsWarnedOf(String permissions) throws IOException {
    Path file = file("hidden", permissions);
    read(file);

    assertEquals(
        List.of(
            "'%s' holds a secret and can be read by others on this machine; chmod 600 keeps them out"
                .formatted(file)),
        warnings);
  }

  @Test
  void aFileThatItsGroupCanReadIsAsTheUserWantsIt() throws IOException {
    read(file("hidden", "rw-r-----"));

    assertEquals(List.of(), warnings);
  }

  @Test
  void aMissingFileIsNamedWithItsOption() {
    Path missing = directory.resolve("missing");

    assertEquals(
        "--x-file: cannot read '" + missing + "': there is no such file", refusal(missing));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", " \n \n"})
  void anEmptyFileIsRefused(String content) throws IOException {
    String refusal = refusal(file(content, "rw-------"));

    assertTrue(refusal.endsWith(": there is nothing in it"), refusal);
  }

  @Test
  void severalLinesAreRefusedAndNotQuoted() throws IOException {
    String refusal = refusal(file(Secrets.token() + "\n" + Secrets.token(), "rw-------"));

    assertTrue(refusal.endsWith(" has more than one line, and a secret has one"), refusal);
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Path file = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 1});

    assertTrue(refusal(file).endsWith("it is not text in UTF-8"), refusal(file));
  }

  @Test
  void aFileWithoutEndIsRefused() {
    String refusal = refusal(Path.of("/dev/zero"));

    assertTrue(refusal.endsWith("it is larger than 1 MiB"), refusal);
  }

  @Test
  void standardInputGivesOneLineToEachWhoAsks() {
    InputStream in = in("token\r\npass word\nrest");
    Given standardInput = new Given("-", "--x-file");

    assertEquals("token", SecretFile.read(standardInput, in, warnings::add).value());
    assertEquals("pass word", SecretFile.read(standardInput, in, warnings::add).value());
    assertEquals("rest", SecretFile.read(standardInput, in, warnings::add).value());
    assertEquals(
        "--x-file: there is nothing in it",
        assertThrows(
                ConfigurationException.class,
                () -> SecretFile.read(standardInput, in, warnings::add))
            .getMessage());
  }

  @Test
  void aLineOfStandardInputHasAnEnd() {
    String refusal =
        assertThrows(
                ConfigurationException.class,
                () ->
                    SecretFile.read(
                        new Given("-", "--x-file"), in("x".repeat(1 << 20)), warnings::add))
            .getMessage();

    assertEquals("--x-file: cannot read standard input: the line is longer than 64 KiB", refusal);
  }

  private Given read(Path file) {
    return SecretFile.read(
        new Given(file.toString(), "--x-file"), InputStream.nullInputStream(), warnings::add);
  }

  private String refusal(Path file) {
    ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> read(file));
    Printed.add(refusal);
    return refusal.getMessage();
  }

  private Path file(String content, String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
