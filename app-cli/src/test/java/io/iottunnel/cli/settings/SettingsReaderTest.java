package io.iottunnel.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.given.Surroundings;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.secrets.Printed;
import io.iottunnel.testkit.secrets.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

  private static final String TOKEN_OF_32 = "0123456789abcdef0123456789abcdef";

  private final String token = Secrets.token();
  private final Map<String, String> environment =
      new HashMap<>(Map.of("AWSIOT_TUNNEL_ACCESS_TOKEN", token));

  @TempDir private Path directory;
  private InputStream standardInput = InputStream.nullInputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -s 5555                          | Must specify one and only one of --region/-r or --proxy-endpoint/-e options
          -s 5555 -r eu-west-1 -e host     | Must specify one and only one of --region/-r or --proxy-endpoint/-e options
          -r eu-west-1                     | Must specify one of --source-listen-port/-s or --destination-app/-d or --mode
          -r eu-west-1 -s 5555 -d 22       | Must specify one and only one of --source-listen-port/-s or --destination-app/-d
          -r eu-west-1 -m up               | Mode value is wrong! Allowed values are: src, dst, source, destination
          -r eu-west-1 -s 5555 -m up       | Mode value is wrong! Allowed values are: src, dst, source, destination
          -r eu-west-1 -s 5555 -m dst      | -s and --mode have mismatched mode. Mode is set to destination!
          -r eu-west-1 -s 5555 -m destination | -s and --mode have mismatched mode. Mode is set to destination!
          -r eu-west-1 -d 22 -m src        | -d and --mode have mismatched mode. Mode is set to source!
          -r eu-west-1 -d 22 -m source     | -d and --mode have mismatched mode. Mode is set to source!
          -r EU -s 5555                    | --region/-r: 'EU' is not a region. A region has lower-case letters, digits and hyphens, as eu-west-1.
          -e host:0 -s 5555                | --proxy-endpoint/-e: 'host:0' is not HOST or HOST:PORT: the port must be a number from 1 to 65535.
          -r eu-west-1 -s 70000            | --source-listen-port/-s: '70000' cannot be used: the port must be a number, at most 65535. Example: SSH1=5555,SSH2=6666.
          -r eu-west-1 -d A=1,A=2          | --destination-app/-d: 'A=1,A=2' cannot be used: service A is given twice. Example: SSH1=5555,SSH2=6666.
          -r eu-west-1 -s 5555 --log-format xml | --log-format: text or json is expected, not 'xml'
          -r eu-west-1 -s 5555 -v 256      | --verbose/-v: a number from 0 (nothing) to 255 is expected, 4 is usual, not '256'
          -r eu-west-1 -s 5555 -v loud     | --verbose/-v: a number from 0 (nothing) to 255 is expected, 4 is usual, not 'loud'
          -r eu-west-1 -s 5555 -v -1       | --verbose/-v: a number from 0 (nothing) to 255 is expected, 4 is usual, not '-1'
          -r eu-west-1 -s 5555 -b 1.2.3.4:5 | --local-bind-address/-b: a local IP address or host name is expected, without port, not '1.2.3.4:5'
          -r eu-west-1 -s 5555 -b host:5   | --local-bind-address/-b: a local IP address or host name is expected, without port, not 'host:5'
          -r eu-west-1 -s 5555 -i x --no-client-token | --client-token/-i and --no-client-token exclude each other
          -r eu-west-1 -s 5555 -c /no/such | --capath/-c: a readable directory or file of certificates is expected, not '/no/such'
          """)
  void whatCannotBeUsedIsSaidInTheDocumentedWords(String commandLine, String text) {
    assertEquals(text, refusal(commandLine));
  }

  @Test
  void theAccessTokenIsRequired() {
    environment.clear();

    assertEquals(
        "the option '--access-token' is required but missing", refusal("-r eu-west-1 -s 5555"));
  }

  @Test
  void anEmptyVariableSaysNothing() {
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", " ");

    assertEquals(
        "the option '--access-token' is required but missing", refusal("-r eu-west-1 -s 5555"));
  }

  @Test
  void aRefusedSecretIsNotQuotedButItsOriginIs() {
    environment.put("AWSIOT_TUNNEL_CLIENT_TOKEN", Secrets.credentials().password());
    String clientToken = refusal("-r eu-west-1 -s 5555");
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", token + " and more");
    String accessToken = refusal("-r eu-west-1 -s 5555");

    assertTrue(clientToken.startsWith("AWSIOT_TUNNEL_CLIENT_TOKEN: "), clientToken);
    assertTrue(accessToken.startsWith("AWSIOT_TUNNEL_ACCESS_TOKEN: "), accessToken);
  }

  @ParameterizedTest
  @CsvSource({
    "-s 5555, SOURCE, localhost:5555",
    "-s 5555 -m src, SOURCE, localhost:5555",
    "-s 5555 -m source, SOURCE, localhost:5555",
    "-s 5555 -b 0.0.0.0, SOURCE, 0.0.0.0:5555",
    "-s 5555 -b ::1, SOURCE, [::1]:5555",
    "-s 5555 -b [::1], SOURCE, [::1]:5555",
    "-d 22, DESTINATION, localhost:22",
    "-d 22 -m dst, DESTINATION, localhost:22",
    "-d 22 -b 10.0.0.1, DESTINATION, localhost:22",
    "-m src, SOURCE, ''",
    "-m destination, DESTINATION, ''"
  })
  void modeAndMappingFollowFromTheOptions(String commandLine, Mode mode, String mapping) {
    Settings settings = read("-r eu-west-1 " + commandLine);

    assertEquals(mode, settings.end().mode());
    assertEquals(mapping, settings.end().mapping().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -r eu-west-1 |            |            | data.tunneling.iot.eu-west-1.amazonaws.com:443
          -e host:8443 |            |            | host:8443
                       | eu-west-1  |            | data.tunneling.iot.eu-west-1.amazonaws.com:443
                       |            | host       | host:443
          -r eu-west-1 |            | host       | data.tunneling.iot.eu-west-1.amazonaws.com:443
          -r eu-west-1 | cn-north-1 |            | data.tunneling.iot.eu-west-1.amazonaws.com:443
          -e other     | cn-north-1 | host       | other:443
          """)
  void theCommandLineBeatsTheEnvironment(
      String commandLine, String region, String endpoint, String service) {
    if (region != null) {
      environment.put("AWSIOT_TUNNEL_REGION", region);
    }
    if (endpoint != null) {
      environment.put("AWSIOT_TUNNEL_ENDPOINT", endpoint);
    }

    Settings settings = read("-s 5555" + (commandLine == null ? "" : " " + commandLine));

    assertEquals(service, settings.way().service().toString());
  }

  @Test
  void regionAndEndpointContradictEachOtherInTheEnvironmentToo() {
    environment.put("AWSIOT_TUNNEL_REGION", "eu-west-1");
    environment.put("AWSIOT_TUNNEL_ENDPOINT", "host");

    assertEquals(
        "Must specify one and only one of --region/-r or --proxy-endpoint/-e options",
        refusal("-s 5555"));
  }

  @Test
  void tokensComeFromTheEnvironmentWithoutWarning() {
    environment.put("AWSIOT_TUNNEL_CLIENT_TOKEN", TOKEN_OF_32 + "\n");

    Settings settings = read("-r eu-west-1 -s 5555");

    assertEquals(token, settings.tokens().access().value());
    assertEquals(TOKEN_OF_32, settings.tokens().client().orElseThrow().value());
    assertEquals(List.of(), settings.warnings());
  }

  @Test
  void tokensOnTheCommandLineWinAndTheAccessTokenIsWarnedOf() {
    Settings settings = read("-r eu-west-1 -s 5555 -t better-token -i " + TOKEN_OF_32);

    assertEquals("better-token", settings.tokens().access().value());
    assertEquals(TOKEN_OF_32, settings.tokens().client().orElseThrow().value());
    assertEquals(1, settings.warnings().size());
    assertTrue(
        settings
            .warnings()
            .get(0)
            .contains("AWSIOT_TUNNEL_ACCESS_TOKEN or by --access-token-file instead"),
        settings.warnings().toString());
  }

  @Test
  void withoutAClientTokenNoneIsSentWhateverTheEnvironmentHas() {
    environment.put("AWSIOT_TUNNEL_CLIENT_TOKEN", TOKEN_OF_32);

    TokenSettings tokens = read("-r eu-west-1 -s 5555 --no-client-token").tokens();

    assertFalse(tokens.withClientToken());
    assertEquals(Optional.empty(), tokens.client());
  }

  @Test
  void aMappingIsReadFromTheDirectoryNamedConfigWhereTheUserStands() throws IOException {
    Path config = Files.createDirectory(directory.resolve("config"));
    Files.writeString(config.resolve("SSH.ini"), "SSH1=5555\n");

    EndSettings source = read("-r eu-west-1 -m src").end();
    EndSettings destination = read("-r eu-west-1 -m dst").end();
    EndSettings mapped = read("-r eu-west-1 -s 1").end();

    assertEquals("SSH1=localhost:5555", source.mapping().toString());
    assertEquals(Mode.DESTINATION, destination.mode());
    assertTrue(source.mappingOfManyTunnels());
    assertEquals("localhost:1", mapped.mapping().toString());
    assertFalse(mapped.mappingOfManyTunnels());
  }

  @Test
  void aMappingIsReadFromTheDirectoryThatIsNamed() throws IOException {
    Files.createDirectory(directory.resolve("config"));
    Path named = Files.createDirectory(directory.resolve("named"));
    Files.writeString(named.resolve("SSH.ini"), "SSH1=5555\n");

    Settings settings = read("-r eu-west-1 -m src -b 127.0.0.9 --config-dir " + named);
    Settings ignoring = read("-r eu-west-1 -s 1 --config-dir " + named);

    assertEquals("SSH1=127.0.0.9:5555", settings.end().mapping().toString());
    assertEquals(List.of(), settings.warnings());
    assertEquals("localhost:1", ignoring.end().mapping().toString());
    assertEquals(
        List.of("--config-dir is ignored: --source-listen-port/-s is given"), ignoring.warnings());
  }

  @Test
  void aDirectoryOfMappingsHasToBeOne() {
    assertEquals(
        "--config-dir: a directory is expected, not '/no/such'",
        refusal("-r eu-west-1 -m src --config-dir /no/such"));
  }

  @Test
  void withoutFurtherOptionsTheDefaultsHold() {
    Settings settings = read("-r eu-west-1 -s 5555");

    assertEquals(4, settings.log().verbosity());
    assertEquals(Dialect.V3, settings.end().dialect());
    assertEquals(Optional.empty(), settings.tokens().client());
    assertEquals(Optional.empty(), settings.end().bindAddress());
    assertEquals(Optional.empty(), settings.way().trust().trusted());
    assertEquals(Optional.empty(), settings.way().webProxy().selection().url());
    assertTrue(settings.way().trust().verifyPeers());
  }

  @ParameterizedTest
  @CsvSource({"V1, V1, 0", "V2, V2, 0", "V3, V3, 0", "V4, V3, 1", "v2, V3, 1"})
  void theDialectIsKnownOrWarnedOf(String given, Dialect dialect, int warnings) {
    Settings settings = read("-r eu-west-1 -s 5555 -y " + given);

    assertEquals(dialect, settings.end().dialect());
    assertEquals(warnings, settings.warnings().size());
  }

  @Test
  void theDialectOfADestinationIsIgnoredWithAWarning() {
    Settings settings = read("-r eu-west-1 -d 22 -y V1");

    assertEquals(Dialect.V3, settings.end().dialect());
    assertEquals(1, settings.warnings().size());
  }

  @Test
  void notToVerifyHostsIsWarnedOfInABox() {
    Settings settings = read("-r eu-west-1 -s 5555 -k");

    assertFalse(settings.way().trust().verifyPeers());
    String warning = settings.warnings().get(0);
    assertTrue(warning.contains("SECURITY WARNING"), warning);
    assertEquals(1, warning.lines().map(String::length).distinct().count(), warning);
  }

  @Test
  void theWebProxyComesFromTheEnvironmentWithItsWarnings() {
    environment.put(
        "HTTPS_PROXY", "http:user:" + Secrets.credentials().password() + "@10.15.10.25");

    Settings settings = read("-r eu-west-1 -s 5555");

    assertEquals(
        "http://user:***@10.15.10.25:3128",
        settings.way().webProxy().selection().url().orElseThrow().webProxy().toString());
    assertEquals(2, settings.warnings().size());
  }

  @Test
  void certificatesToTrustAreADirectoryOrFile() {
    assertEquals(
        Optional.of(directory),
        read("-r eu-west-1 -s 5555 -c " + directory).way().trust().trusted());
  }

  @ParameterizedTest
  @CsvSource({"text, TEXT", "json, JSON"})
  void entriesAreTextOrJson(String format, LogFormat read) {
    assertEquals(read, read("-r eu-west-1 -s 5555 --log-format " + format).log().format());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 6, 255})
  void verbosityIsANumber(int level) {
    assertEquals(level, read("-r eu-west-1 -s 5555 -v " + level).log().verbosity());
  }

  private Settings read(String commandLine) {
    CommandModel.Parsed parsed = new CommandModel().parse(commandLine.split(" "));
    assertEquals(Optional.empty(), parsed.error());
    Settings settings =
        SettingsReader.read(
            Layers.of(parsed.layer(), this::variable),
            new Surroundings(this::variable, standardInput, directory));
    Printed.add("settings", settings + "\n");
    return settings;
  }

  private String refusal(String commandLine) {
    ConfigurationException refusal =
        assertThrows(ConfigurationException.class, () -> read(commandLine));
    Printed.add(refusal);
    return refusal.getMessage();
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }
}
