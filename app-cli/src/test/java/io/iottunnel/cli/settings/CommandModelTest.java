package io.iottunnel.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.given.Given;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandModelTest {

  private final CommandModel model = new CommandModel();
  private final CommandModel doctor = CommandModel.ofDoctor();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -Z                     | unrecognised option '-Z'
          -Ztoken                | unrecognised option '-Z'
          -kZ                    | unrecognised option '-Z'
          --acess-token          | unrecognised option '--acess-token'; did you mean '--access-token'?
          --acess-token=hidden   | unrecognised option '--acess-token'; did you mean '--access-token'?
          --acess-token hidden   | unrecognised option '--acess-token'; did you mean '--access-token'?
          --nothing-like-it      | unrecognised option '--nothing-like-it'
          -v                     | the required argument for option '--verbose' is missing
          -v -k                  | the required argument for option '--verbose' is missing
          --verbose              | the required argument for option '--verbose' is missing
          -t                     | the required argument for option '--access-token' is missing
          -v 5 -v 6              | option '--verbose' cannot be specified more than once
          --no-ssl-host-verify=1 | option '--no-ssl-host-verify' does not take any arguments
          generate-completon     | an argument of 18 characters belongs to no option
          demoo                  | the argument 'demoo' belongs to no option; did you mean 'demo'?
          whatever               | the argument 'whatever' belongs to no option
          -k 0123456789abcdef0   | an argument of 17 characters belongs to no option
          @/etc/hostname         | the argument '@/etc/hostname' belongs to no option
          """)
  void aWrongCommandLineIsRefusedInTheDocumentedWordsAndQuotesNoValue(
      String commandLine, String text) {
    assertEquals(Optional.of(text), model.parse(commandLine.split(" ")).error());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-v 5", "-v5", "--verbose 5", "--verbose=5", "-kv5"})
  void aValueIsFoundInEveryForm(String commandLine) {
    CommandModel.Parsed parsed = model.parse(commandLine.split(" "));

    assertEquals(Optional.empty(), parsed.error());
    assertEquals(Optional.of(new Given("5", "--verbose/-v")), parsed.layer().find(Option.VERBOSE));
  }

  @Test
  void aMappingMayFollowItsOptionAtOnce() {
    assertEquals(
        Optional.of(new Given("SSH1=5555", "--source-listen-port/-s")),
        model.parse("-sSSH1=5555").layer().find(Option.SOURCE_LISTEN_PORT));
  }

  @Test
  void helpAndVersionAreHeardBesideErrors() {
    assertTrue(model.parse("-Z", "-h").help());
    assertTrue(model.parse("-V", "-Z").version());
  }

  @ParameterizedTest
  @CsvSource({"--stdio, ''", "--stdio -k, ''", "--stdio=SSH1, SSH1"})
  void theServiceOfStdioMayBeLeftOut(String commandLine, String service) {
    assertEquals(
        Optional.of(new Given(service, "--stdio")),
        model.parse(commandLine.split(" ")).layer().find(Option.STDIO));
  }

  @Test
  void theDoctorTakesAWholeCommandLineAndItsOwnOptions() {
    CommandModel.Parsed parsed =
        doctor.parse("-r eu-west-1 -d 22 -v 5 -t token --json --spend-token".split(" "));

    assertEquals(Optional.empty(), parsed.error());
    assertEquals(Set.of(DoctorOption.values()), parsed.beyond());
  }

  @Test
  void thePlainFormKnowsNoOptionOfTheDoctor() {
    assertEquals(Optional.of("unrecognised option '--json'"), model.parse("--json").error());
  }
}
