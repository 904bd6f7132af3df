package io.iottunnel.cli;

import io.iottunnel.cli.settings.Subcommand;
import java.util.Arrays;
import java.util.Map;

/**
 * Where the process begins: chooses the command by the first argument, runs it, and ends with its
 * exit code. Without the name of a command it is the plain form, which runs a local proxy.
 */
public final class Main {

  private final Map<String, Command> byName;
  private final Command plain;

  Main(Console console, Signals signals) {
    this.byName =
        Map.of(
            Subcommand.DOCTOR.word(), new DoctorCommand(console),
            Subcommand.GENERATE_COMPLETION.word(), new CompletionCommand(console),
            Subcommand.GENERATE_MANUAL.word(), new ManualCommand(console));
    this.plain = new LocalProxyCommand(console, signals);
  }

  /** Runs and ends the process. */
  public static void main(String[] arguments) {
    Termination termination = Termination.onSignals();
    Main main = new Main(Console.ofProcess(), termination);
    termination.exit(main.run(arguments));
  }

  int run(String... arguments) {
    Command named = arguments.length == 0 ? null : byName.get(arguments[0]);
    return named == null
        ? plain.run(arguments)
        : named.run(Arrays.copyOfRange(arguments, 1, arguments.length));
  }
}
