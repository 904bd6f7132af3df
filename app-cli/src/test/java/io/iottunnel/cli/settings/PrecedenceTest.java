package io.iottunnel.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.given.Surroundings;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.Mode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which place wins, and when two values contradict each other: only within one place. */
class PrecedenceTest {

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private InputStream standardInput = InputStream.nullInputStream();

  @Test
  void theCommandLineBeatsTheFileWhichBeatsTheEnvironment() throws IOException {
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", "of-environment");
    environment.put("AWSIOT_TUNNEL_REGION", "of-environment");
    Path file = file("access-token = of-file\nverbose = 2\nsource-listen-port = 1111\n");

    Settings settings = read("--config " + file + " -s 2222 -r of-command-line");

    assertEquals("of-file", settings.tokens().access().value());
    assertEquals(2, settings.log().verbosity());
    assertEquals("localhost:2222", settings.end().mapping().toString());
    assertTrue(settings.way().service().host().contains("of-command-line"));
  }

  @Test
  void aRegionBeatsTheEndpointOfAWeakerPlace() throws IOException {
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", "token");
    environment.put("AWSIOT_TUNNEL_ENDPOINT", "of-environment");
    Path file = file("proxy-endpoint = of-file\n");

    assertEquals("of-file", read("-s 1 --config " + file).way().service().host());
    assertEquals(
        "data.tunneling.iot.eu-west-1.amazonaws.com",
        read("-s 1 -r eu-west-1 --config " + file).way().service().host());
  }

  @Test
  void theModeOfAStrongerPlaceMakesTheMappingOfAWeakerOneVoid() throws IOException {
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", "token");
    Path file = file("region = eu-west-1\nsource-listen-port = 5555\n");

    EndSettings destination = read("-d 22 --config " + file).end();
    EndSettings unmapped = read("-m dst --config " + file).end();
    EndSettings source = read("-m src --config " + file).end();

    assertEquals(Mode.DESTINATION, destination.mode());
    assertEquals("localhost:22", destination.mapping().toString());
    assertEquals(Mode.DESTINATION, unmapped.mode());
    assertEquals("", unmapped.mapping().toString());
    assertEquals("localhost:5555", source.mapping().toString());
  }

  @Test
  void whatContradictsItselfInAFileIsRefusedThere() throws IOException {
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", "token");
    Path both = file("region = eu-west-1\nsource-listen-port = 1\ndestination-app = 2\n");

    assertEquals(
        "Must specify one and only one of --source-listen-port/-s or --destination-app/-d",
        refusal("--config " + both));
  }

  @Test
  void aTokenFileBeatsTheTokenOfAWeakerPlaceAndNotOfItsOwn() throws IOException {
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", "of-environment");
    standardInput = new ByteArrayInputStream("of-input\n".getBytes(StandardCharsets.UTF_8));

    assertEquals(
        "of-input", read("-r eu-west-1 -s 1 --access-token-file -").tokens().access().value());
    assertEquals(
        "--access-token/-t and --access-token-file exclude each other",
        refusal("-r eu-west-1 -s 1 -t x --access-token-file -"));
  }

  @Test
  void standardInputGivesNoSecretWhereItIsTheClients() {
    assertEquals(
        "--access-token-file: standard input is the client's with --stdio; give a file's name",
        refusal("-r eu-west-1 --stdio --access-token-file -"));
  }

  @Test
  void aPasswordInAFileThatOthersCanReadIsWarnedOf() throws IOException {
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", "token");
    Path file = file("region = eu-west-1\nmode = src\nweb-proxy = https://user:pw@proxy:1\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    List<String> warnings = read("--config " + file).warnings();

    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).contains("can be read by others"), warnings.toString());
  }

  @Test
  void aTokenInAFileThatOthersCanReadIsWarnedOf() throws IOException {
    Path file = file("region = eu-west-1\nmode = src\naccess-token = token\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    List<String> whenAlone = read("--config " + file).warnings();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    List<String> whenShared = read("--config " + file).warnings();
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", "token");
    List<String> withoutToken =
        read("--config " + file("region = eu-west-1\nmode = src\n")).warnings();

    assertEquals(List.of(), whenAlone);
    assertEquals(1, whenShared.size());
    assertTrue(whenShared.get(0).contains("can be read by others"), whenShared.toString());
    assertEquals(List.of(), withoutToken);
  }

  @Test
  void aBadValueOfAFileIsNamedByFileAndLine() throws IOException {
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", "token");
    Path file = file("region = eu-west-1\n\nsource-listen-port = 70000\n");

    assertTrue(
        refusal("--config " + file)
            .startsWith(file + ":3: source-listen-port: '70000' cannot be used: "),
        refusal("--config " + file));
    assertTrue(
        refusal("--config " + file("mode = up\nregion = x\n"))
            .startsWith(file + ":1: mode: Mode value is wrong!"),
        refusal("--config " + file));
  }

  @Test
  void theFileOfSettingsIsTheWeakest() throws IOException {
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", "token");
    Path settings =
        Files.writeString(
            directory.resolve("settings.json"),
            """
            {"tunneling": {"proxy": {"default_bind_address": "127.0.0.9",
              "region_endpoint_overrides": {"eu-west-1": "elsewhere:1"}}}}
            """);
    Path file = file("settings-json = " + settings + "\nregion = eu-west-1\n");

    Settings silent = read("-s 5555 --config " + file);
    Settings saying = read("-s 5555 -b 127.0.0.1 -e here:2 --config " + file);

    assertEquals("127.0.0.9:5555", silent.end().mapping().toString());
    assertEquals(Optional.empty(), silent.end().bindAddress());
    assertEquals("elsewhere:1", silent.way().service().toString());
    assertEquals("127.0.0.1:5555", saying.end().mapping().toString());
    assertEquals("here:2", saying.way().service().toString());
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("tunnel.conf"), content);
  }

  private Settings read(String commandLine) {
    CommandModel.Parsed parsed = new CommandModel().parse(commandLine.split(" "));
    Surroundings surroundings =
        new Surroundings(
            name -> Optional.ofNullable(environment.get(name)), standardInput, directory);
    return SettingsReader.read(Layers.of(parsed.layer(), surroundings.environment()), surroundings);
  }

  private String refusal(String commandLine) {
    return assertThrows(ConfigurationException.class, () -> read(commandLine)).getMessage();
  }
}
