package io.iottunnel.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.given.Given;
import io.iottunnel.domain.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {

  private Path file;

  @BeforeEach
  void name(@TempDir Path directory) {
    file = directory.resolve("tunnel.conf");
  }

  @Test
  void everyLineIsAnOptionThatErrorsCanName() throws IOException {
    Layer layer =
        read(
            """
            # of the device
            region = eu-west-1

            destination-app=SSH1=22,WEB=10.0.0.1:80
            """);

    assertEquals(
        Optional.of(new Given("eu-west-1", file + ":2: region", Optional.of(file))),
        layer.find(Option.REGION));
    assertEquals("SSH1=22,WEB=10.0.0.1:80", value(layer, Option.DESTINATION_APP));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          access-token = abc              | abc
          access-token = abc # the token  | abc
          access-token = abc#def          | abc#def
          access-token=abc==              | abc==
          """)
  void aCommentBeginsBehindWhiteSpaceAlone(String line, String token) throws IOException {
    assertEquals(token, value(read(line), Option.ACCESS_TOKEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mode = src\r\nverbose = 5\r\n", "\ufeffmode = src\nverbose = 5"})
  void filesOfWindowsAreReadToo(String content) throws IOException {
    Layer layer = read(content);

    assertEquals("src", value(layer, Option.MODE));
    assertEquals("5", value(layer, Option.VERBOSE));
  }

  @Test
  void aFlagIsTrueOrFalse() throws IOException {
    assertTrue(read("no-ssl-host-verify = true").says(Option.NO_SSL_HOST_VERIFY));
    assertFalse(read("no-ssl-host-verify = false").says(Option.NO_SSL_HOST_VERIFY));
    assertRefused(
        ":1: no-ssl-host-verify: true or false is expected, not 'yes'", "no-ssl-host-verify=yes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          regoin = eu-west-1        | :1: 'regoin' is no option for a file; did you mean 'region'?
          help = true               | :1: 'help' is no option for a file
          config = other            | :1: 'config' is no option for a file
          r = eu-west-1             | :1: 'r' is no option for a file
          region                    | :1: 'key = value' is expected, and there is no '='
          [section]                 | :1: 'key = value' is expected, and there is no '='
          region =                  | :1: region: a value is missing
          = eu-west-1               | :1: what stands before '=' is no option
          http://u:hidden@h?a=b     | :1: what stands before '=' is no option
          """)
  void aLineThatCannotBeUsedIsNamed(String line, String refusal) throws IOException {
    assertRefused(refusal, line);
  }

  @Test
  void anOptionIsGivenOnce() throws IOException {
    assertRefused(":2: mode is given twice in this file", "mode = src\nmode = src");
    assertRefused(
        ":2: no-ssl-host-verify is given twice in this file",
        "no-ssl-host-verify = false\nno-ssl-host-verify = true");
  }

  @ParameterizedTest
  @EnumSource
  void everyOptionThatMakesSenseInAFileIsTaken(Option option) throws IOException {
    boolean expected =
        switch (option) {
          case HELP, VERSION, CONFIG, EXPORT_DEFAULT_SETTINGS, STDIO -> false;
          default -> true;
        };
    String value = option.form().value() == OptionForm.Value.NONE ? "true" : "x";
    String line = option.form().longName() + " = " + value;

    if (expected) {
      assertTrue(read(line).says(option));
    } else {
      assertThrows(ConfigurationException.class, () -> read(line));
    }
  }

  @Test
  void aMissingFileIsNamedWithItsOption() {
    assertEquals(
        "--config: cannot read '" + file + "': there is no such file",
        assertThrows(
                ConfigurationException.class,
                () -> ConfigFile.read(new Given(file.toString(), "--config")))
            .getMessage());
  }

  private void assertRefused(String refusal, String content) {
    assertEquals(
        file + refusal,
        assertThrows(ConfigurationException.class, () -> read(content)).getMessage());
  }

  private Layer read(String content) throws IOException {
    Files.writeString(file, content);
    return ConfigFile.read(new Given(file.toString(), "--config"));
  }

  private static String value(Layer layer, Option option) {
    return layer.find(option).orElseThrow().value();
  }
}
