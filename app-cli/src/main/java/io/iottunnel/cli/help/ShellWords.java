package io.iottunnel.cli.help;

import io.iottunnel.cli.settings.Option;
import io.iottunnel.cli.settings.OptionForm;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Options as the scripts for shells write them. */
final class ShellWords {

  private ShellWords() {}

  /** A text between single quotes, as every shell reads it. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  static List<Option> options(Predicate<OptionForm> which) {
    return Arrays.stream(Option.values()).filter(option -> which.test(option.form())).toList();
  }

  /** All forms of these options, with {@code separator} between them. */
  static String forms(List<Option> options, String separator) {
    return options.stream()
        .flatMap(option -> option.form().all().stream())
        .collect(Collectors.joining(separator));
  }
}
