package io.iottunnel.cli;

import io.iottunnel.cli.help.Completion;
import io.iottunnel.cli.settings.Subcommand;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.Printable;
import java.util.List;
import java.util.Optional;

/** {@code localproxy generate-completion}: prints the script that teaches a shell our options. */
final class CompletionCommand implements Command {

  private final Console console;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public int run(String... arguments) {
    Optional<String> script =
        arguments.length == 1 ? Completion.of(arguments[0]) : Optional.empty();
    if (script.isEmpty()) {
      return console.refuse(
          new ConfigurationException(
              "%s: %s is expected, not '%s'"
                  .formatted(
                      Subcommand.GENERATE_COMPLETION.word(),
                      String.join(" or ", Subcommand.GENERATE_COMPLETION.arguments()),
                      Printable.of(String.join(" ", List.of(arguments)), 80))));
    }
    console.out().print(script.get());
    return ExitCodes.OK;
  }
}
