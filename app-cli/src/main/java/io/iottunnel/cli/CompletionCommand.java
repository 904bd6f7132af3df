package io.iottunnel.cli;

import io.iottunnel.cli.settings.CommandModel;
import io.iottunnel.domain.ConfigurationException;
import java.util.Arrays;
import java.util.List;

/** {@code localproxy generate-completion}: prints the script that teaches a shell our options. */
final class CompletionCommand implements Command {

  static final String NAME = "generate-completion";

  private static final List<String> SHELLS = List.of("bash", "zsh");

  private final Console console;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public int run(String... arguments) {
    if (arguments.length != 1 || !SHELLS.contains(arguments[0])) {
      return console.refuse(
          new ConfigurationException(
              "generate-completion takes one argument, %s, not: %s"
                  .formatted(String.join(" or ", SHELLS), Arrays.toString(arguments))));
    }
    console.out().print(new CommandModel().completion());
    return ExitCodes.OK;
  }
}
