package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.testkit.secrets.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is refused before anything is started, row by row: exit code 1, one line that scripts may
 * look for, and where to read more. {@code DIR} stands for a directory with files that are wrong,
 * {@code SECRET} for what must not be shown.
 */
class UsageErrorsTableIT {

  private static final String HINT = "Try 'localproxy --help' for a list of options.";
  private static final String USUAL = "-r eu-west-1 -s 5555 ";

  @TempDir private static Path directory;

  @BeforeAll
  static void writeWhatIsWrong() throws IOException {
    write("words.conf", "# options\nregion = eu-west-1\nverbose = very\n");
    write("unknown.conf", "region = eu-west-1\n\nverbos = 5\n");
    write(
        "text.json",
        "{\"tunneling\": {\"proxy\": {\"tcp\": {\"max_active_connections\": \"many\"}}}}");
    write(
        "range.json", "{\"tunneling\": {\"proxy\": {\"message\": {\"max_payload_size\": 65536}}}}");
    write("broken.json", "{\"tunneling\":\n  {]}\n");
    write("empty-token", "");
    write("no-certificates.pem", "nothing\n");
  }

  private static void write(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content);
  }

  @ParameterizedTest(name = "{0}")
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource(
      delimiter = '|',
      maxCharsPerColumn = 1000,
      textBlock =
          """
          -Z                           | unrecognised option '-Z'
          --no-such-option=SECRET      | unrecognised option '--no-such-option'
          -r eu-west-1 -s 5555 -v      | the required argument for option '--verbose' is missing
          -s 5555                      | Must specify one and only one of --region/-r or --proxy-endpoint/-e options
          -r eu-west-1 -e host -s 5555 | Must specify one and only one of --region/-r or --proxy-endpoint/-e options
          -r eu-west-1                 | Must specify one of --source-listen-port/-s or --destination-app/-d or --mode
          -r eu-west-1 -s 5555 -d 22   | Must specify one and only one of --source-listen-port/-s or --destination-app/-d
          -r eu-west-1 -m up           | Mode value is wrong! Allowed values are: src, dst, source, destination
          -r eu-west-1 -s 5555 -m dst  | -s and --mode have mismatched mode. Mode is set to destination!
          -r eu-west-1 -d 22 -m source | -d and --mode have mismatched mode. Mode is set to source!
          -r eu-west-1 -s 70000        | --source-listen-port/-s: '70000' cannot be used: the port must be a number, at most 65535. Example: SSH1=5555,SSH2=6666.
          -r eu-west-1 -s SSH1=1,2     | --source-listen-port/-s: 'SSH1=1,2' cannot be used: several endpoints need the names of their services. Example: SSH1=5555,SSH2=6666.
          -r eu-west-1 -d SSH1=        | --destination-app/-d: 'SSH1=' cannot be used: an endpoint is missing. Example: SSH1=5555,SSH2=6666.
          -r EU -s 5555                | --region/-r: 'EU' is not a region.
          -e host:0 -s 5555            | --proxy-endpoint/-e: 'host:0'
          """)
  void anOption(String commandLine, String beginning) throws InterruptedException {
    assertRefused(beginning, withToken(), commandLine);
  }

  @ParameterizedTest(name = "{0}")
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource(
      delimiter = '|',
      maxCharsPerColumn = 1000,
      textBlock =
          """
          -v 256                                | --verbose/-v: a number from 0 (nothing) to 255 is expected, 4 is usual, not '256'
          -b 127.0.0.1:80                       | --local-bind-address/-b: a local IP address or host name is expected, without port, not '127.0.0.1:80'
          -c DIR/missing                        | --capath/-c: a readable directory or file of certificates is expected, not 'DIR/missing'
          -c DIR/no-certificates.pem            | --capath/-c: cannot trust the certificates in DIR/no-certificates.pem: there is no certificate in it
          -i SECRET                             | --client-token/-i: the client token must be 32 to 128 letters, digits and hyphens
          --config DIR/words.conf               | DIR/words.conf:3: verbose: a number from 0 (nothing) to 255 is expected
          --config DIR/unknown.conf             | DIR/unknown.conf:3: 'verbos' is no option for a file
          --settings-json DIR/text.json         | DIR/text.json:1: tunneling.proxy.tcp.max_active_connections: a whole number from
          --settings-json DIR/range.json        | DIR/range.json:1: tunneling.proxy.message.max_payload_size: a whole number from
          --settings-json DIR/broken.json       | DIR/broken.json:2:
          --log-format yaml                     | --log-format: text or json is expected
          --connect-with curl                   | --connect-with: jetty or httpclient is expected
          --web-proxy http://u:SECRET@h:99999   | --web-proxy: the web proxy 'http://u:***@h:***' cannot be used: the port must be a number
          --web-proxy-auth ntlm                 | --web-proxy-auth: auto, basic, digest or negotiate is expected
          """)
  void aValue(String options, String beginning) throws InterruptedException {
    assertRefused(beginning.replace("DIR", directory.toString()), withToken(), USUAL + options);
  }

  @ParameterizedTest(name = "{0} {1}")
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource(
      delimiter = '|',
      maxCharsPerColumn = 1000,
      textBlock =
          """
          HTTPS_PROXY                | http://user:SECRET@proxy:99999 | the web proxy 'http://user:***@proxy:***' cannot be used: the port must be a number, at most 65535
          https_proxy                | socks5://user:SECRET@proxy:80  | the web proxy 'socks5://user:***@proxy:***' cannot be used: SOCKS is not supported yet
          AWSIOT_TUNNEL_CLIENT_TOKEN | SECRET                         | the client token must be 32 to 128 letters, digits and hyphens
          """)
  void aVariable(String variable, String value, String text) throws InterruptedException {
    Map<String, String> environment = withToken();
    environment.put(variable, withSecret(value));
    assertRefused(variable + ": " + text, environment, USUAL);
  }

  @ParameterizedTest(name = "{0}")
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -r eu-west-1 -s 5555                                     | the option '--access-token' is required but missing
          -r eu-west-1 -s 5555 --access-token-file DIR/empty-token | --access-token-file: there is nothing in it
          """)
  void aTokenThatIsMissing(String commandLine, String beginning) throws InterruptedException {
    assertRefused(beginning.replace("DIR", directory.toString()), Map.of(), commandLine);
  }

  private static Map<String, String> withToken() {
    return new HashMap<>(Map.of("AWSIOT_TUNNEL_ACCESS_TOKEN", Secrets.token()));
  }

  private static String withSecret(String text) {
    return text.replace("SECRET", Secrets.credentials().password());
  }

  private static void assertRefused(
      String beginning, Map<String, String> environment, String commandLine)
      throws InterruptedException {
    List<String> arguments = new ArrayList<>();
    for (String argument : List.of(commandLine.split(" "))) {
      arguments.add(withSecret(argument.replace("DIR", directory.toString())));
    }
    try (LocalProxyProcess run =
        LocalProxyProcess.start(environment, arguments.toArray(new String[0]))) {
      assertEquals(1, run.awaitExit(), run.err());
      assertTrue(
          run.out().matches("Running AWS IoT Secure Tunneling Local Proxy version: \\S+\n"),
          run.out());
      List<String> lines = run.err().lines().toList();
      assertEquals(2, lines.size(), run.err());
      assertTrue(lines.get(0).startsWith(beginning), lines.get(0));
      assertEquals(HINT, lines.get(1));
    }
  }
}
