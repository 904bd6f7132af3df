package io.iottunnel.cli.settings;

import io.iottunnel.cli.given.NearestName;
import io.iottunnel.domain.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line in the words of the reference, which scripts look for. */
final class UsageErrors {

  /** An argument that belongs to no option and is longer than this may be a token. */
  private static final int LONGEST_SHOWN = 16;

  private static final Pattern OPTION = Pattern.compile("option '(--[a-z-]+)'");

  private UsageErrors() {}

  /**
   * @param known the long forms of the options that there are
   */
  static String text(Exception error, List<String> known) {
    if (error instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().get(0), known);
    }
    if (error instanceof MissingParameterException) {
      return "the required argument for option '%s' is missing".formatted(option(error));
    }
    if (error instanceof OverwrittenOptionException) {
      return "option '%s' cannot be specified more than once".formatted(option(error));
    }
    if (error instanceof MaxValuesExceededException) {
      return "option '%s' does not take any arguments".formatted(option(error));
    }
    throw new IllegalStateException("picocli refused a command line for a reason not known", error);
  }

  /** Only the name: a value may be a secret behind a mistyped option. */
  private static String unmatched(String argument, List<String> known) {
    if (argument.startsWith("--")) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      return unrecognised(name) + NearestName.question(name, known);
    }
    if (argument.startsWith("-")) {
      return unrecognised(argument.substring(0, Math.min(2, argument.length())));
    }
    return argument.length() > LONGEST_SHOWN
        ? "an argument of %d characters belongs to no option".formatted(argument.length())
        : "the argument '%s' belongs to no option%s"
            .formatted(
                Printable.of(argument, LONGEST_SHOWN), NearestName.question(argument, commands()));
  }

  private static List<String> commands() {
    return Arrays.stream(Subcommand.values()).map(Subcommand::word).toList();
  }

  private static String unrecognised(String name) {
    return "unrecognised option '%s'".formatted(Printable.of(name, 80));
  }

  /** Not every one of picocli's errors has the option as data, but each names it so. */
  private static String option(Exception error) {
    Matcher named = OPTION.matcher(String.valueOf(error.getMessage()));
    return named.find() ? named.group(1) : "?";
  }
}
