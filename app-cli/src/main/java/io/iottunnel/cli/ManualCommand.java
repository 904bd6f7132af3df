package io.iottunnel.cli;

import io.iottunnel.cli.help.Manual;
import io.iottunnel.cli.settings.Subcommand;
import io.iottunnel.domain.ConfigurationException;

/** {@code localproxy generate-manual}: prints the manual page. */
final class ManualCommand implements Command {

  private final Console console;

  ManualCommand(Console console) {
    this.console = console;
  }

  @Override
  public int run(String... arguments) {
    if (arguments.length > 0) {
      return console.refuse(
          new ConfigurationException(
              Subcommand.GENERATE_MANUAL.word() + ": no argument is expected"));
    }
    console.out().print(new Manual(Version.text(), Version.date(), ExitCodes.meanings()).page());
    return ExitCodes.OK;
  }
}
