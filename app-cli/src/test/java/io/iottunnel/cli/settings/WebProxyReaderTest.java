package io.iottunnel.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.given.Surroundings;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.domain.webproxy.WebProxySelection;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebProxyReaderTest {

  private final String password = Secrets.credentials().password();
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();

  @TempDir private Path directory;
  private InputStream standardInput = InputStream.nullInputStream();

  @Test
  void theCommandLineIsStrongerThanTheFileAndThatThanTheEnvironment() throws IOException {
    environment.put("https_proxy", "of-environment:1");
    Path config = secret("tunnel.conf", "web-proxy = of-file:2\n");

    assertEquals("of-environment:1", address(""));
    assertEquals("of-file:2", address("--config " + config));
    assertEquals("of-line:3", address("--config " + config + " --web-proxy of-line:3"));
  }

  @Test
  void aRefusalNamesTheLineOfTheFileAndMasksThePassword() throws IOException {
    Path config = secret("tunnel.conf", "# ours\nweb-proxy = http://me:" + password + "@proxy:0\n");

    String refusal = refusal("--config " + config);
    assertTrue(refusal.startsWith(config + ":2: web-proxy: the web proxy "), refusal);
  }

  @Test
  void inTheFileAnEmptyValueMeansNone() throws IOException {
    environment.put("https_proxy", "of-environment:1");

    assertEquals(
        Optional.empty(), selection("--config " + secret("tunnel.conf", "web-proxy =\n")).url());
    assertEquals(Optional.empty(), selection("--web-proxy none").url());
  }

  @Test
  void theServiceMayBeExempt() {
    environment.put("no_proxy", "amazonaws.com");

    WebProxySelection selection = selection("--web-proxy proxy:1");
    assertEquals(Optional.empty(), selection.url());
    assertTrue(selection.exemption().isPresent());
  }

  @Test
  void thePasswordMayComeFromAFileOfItsOwn() throws IOException {
    environment.put("https_proxy", "https://me@proxy:1");
    Path file = secret("password", "p@ss%41\n");

    assertEquals(
        Optional.of(new Credentials("me", "p@ss%41")),
        webProxy("--web-proxy-password-file " + file).credentials());
    assertEquals(List.of(), warnings);
  }

  @Test
  void thePasswordMayComeFromStandardInput() {
    standardInput = new ByteArrayInputStream((password + "\n").getBytes(StandardCharsets.UTF_8));

    assertEquals(
        Optional.of(new Credentials("me", password)),
        webProxy("--web-proxy https://me:other@proxy:1 --web-proxy-password-file -").credentials());
  }

  @Test
  void aPasswordFromAFileIsWarnedOfWhereItTravelsUnencrypted() throws IOException {
    webProxy(
        "--web-proxy http://me@proxy:1 --web-proxy-password-file " + secret("password", password));

    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("unencrypted"), warnings.get(0));
  }

  @Test
  void aPasswordInSightOfOthersIsWarnedOf() {
    selection("--web-proxy https://me@proxy:1");
    assertEquals(List.of(), warnings);

    selection("--web-proxy https://me:" + password + "@proxy:1");
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("can read the command line"), warnings.get(0));
  }

  @Test
  void aPasswordNeedsAUser() throws IOException {
    environment.put("HTTPS_PROXY", "https://proxy:1");
    Path file = secret("password", password);

    String refusal = refusal("--web-proxy-password-file " + file);
    assertTrue(refusal.startsWith("--web-proxy-password-file '" + file + "': "), refusal);
    assertTrue(refusal.contains("(HTTPS_PROXY): https://USER@proxy:1"), refusal);
  }

  @Test
  void withoutAWebProxyItsPasswordIsNotRead() {
    assertEquals(Optional.empty(), selection("--web-proxy-password-file /no/such").url());
  }

  @Test
  void theSchemeToAuthenticateByMayBeFixed() {
    environment.put("HTTPS_PROXY", "https://me:" + password + "@proxy:1");

    assertEquals(Authentication.AUTO, webProxy("").authentication());
    assertEquals(Authentication.DIGEST, webProxy("--web-proxy-auth digest").authentication());
    assertEquals(
        "--web-proxy-auth: auto, basic, digest or negotiate is expected, not 'ntlm'",
        refusal("--web-proxy-auth ntlm"));
  }

  @Test
  void aClientCertificateNeedsItsKeyWhichNobodyElseShouldRead() throws IOException {
    Path certificate = secret("device.pem", "");
    Path key =
        Files.setPosixFilePermissions(
            secret("device.key", ""), PosixFilePermissions.fromString("rw-r--r--"));

    assertTrue(refusal("--web-proxy-cert " + certificate).endsWith("give both or neither"));
    selection("--web-proxy-cert " + certificate + " --web-proxy-key " + key);
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("device.key' holds a secret"), warnings.get(0));
  }

  private Path secret(String name, String content) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private String address(String commandLine) {
    return webProxy(commandLine).address().toString();
  }

  private WebProxy webProxy(String commandLine) {
    return selection(commandLine).url().orElseThrow().webProxy();
  }

  private String refusal(String commandLine) {
    ConfigurationException refusal =
        assertThrows(ConfigurationException.class, () -> selection(commandLine));
    Printed.add(refusal);
    return refusal.getMessage();
  }

  private WebProxySelection selection(String commandLine) {
    CommandModel.Parsed parsed =
        new CommandModel().parse(("-r eu-west-1 " + commandLine).split(" "));
    Layers layers = Layers.of(parsed.orRefuse(), this::variable);
    DoctorSettings settings =
        DoctorReader.read(
            layers, Set.of(), new Surroundings(this::variable, standardInput, directory));
    warnings.addAll(settings.warnings());
    WebProxySelection selection = settings.way().webProxy().selection();
    Printed.add("a selection", selection + "\n" + warnings + "\n");
    return selection;
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }
}
