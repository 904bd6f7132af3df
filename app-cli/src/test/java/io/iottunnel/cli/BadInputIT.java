package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.testkit.secrets.Secrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anything is started: the words, the streams they come on, the code. */
class BadInputIT {

  private static final String TOKEN = Secrets.token();
  private static final String HINT = "Try 'localproxy --help' for a list of options.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -Z                              | unrecognised option '-Z'
          -r eu-west-1 -s 5555 -v         | the required argument for option '--verbose' is missing
          -s 5555                         | Must specify one and only one of --region/-r or --proxy-endpoint/-e options
          -r eu-west-1                    | Must specify one of --source-listen-port/-s or --destination-app/-d or --mode
          -r eu-west-1 -s 5555 -d 22      | Must specify one and only one of --source-listen-port/-s or --destination-app/-d
          -r eu-west-1 -m up              | Mode value is wrong! Allowed values are: src, dst, source, destination
          -r eu-west-1 -s 5555 -m dst     | -s and --mode have mismatched mode. Mode is set to destination!
          -r eu-west-1 -s 70000           | --source-listen-port/-s: '70000' cannot be used: the port must be a number, at most 65535. Example: SSH1=5555,SSH2=6666.
          """)
  void aBadCommandLineIsRefusedInOneLineWithAHint(String commandLine, String text)
      throws InterruptedException {
    assertRefused(text, Map.of("AWSIOT_TUNNEL_ACCESS_TOKEN", TOKEN), commandLine);
  }

  @ParameterizedTest
  @CsvSource("-r eu-west-1 -s 5555, the option '--access-token' is required but missing")
  void aMissingTokenIsSaid(String commandLine, String text) throws InterruptedException {
    assertRefused(text, Map.of(), commandLine);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTPS_PROXY                | http://user:SECRET@proxy:99999 | the web proxy 'http://user:***@proxy:***' cannot be used: the port must be a number, at most 65535
          https_proxy                | socks5://user:SECRET@proxy:80  | the web proxy 'socks5://user:***@proxy:***' cannot be used: SOCKS is not supported yet
          AWSIOT_TUNNEL_CLIENT_TOKEN | SECRET                         | the client token must be 32 to 128 letters, digits and hyphens
          """)
  void aBadVariableIsNamedAndItsSecretIsNot(String variable, String value, String text)
      throws InterruptedException {
    Map<String, String> environment = new HashMap<>(Map.of("AWSIOT_TUNNEL_ACCESS_TOKEN", TOKEN));
    environment.put(variable, value.replace("SECRET", Secrets.credentials().password()));

    assertRefused(variable + ": " + text, environment, "-r eu-west-1 -s 5555");
  }

  private static void assertRefused(
      String beginning, Map<String, String> environment, String commandLine)
      throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(commandLine.split(" ")));
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
