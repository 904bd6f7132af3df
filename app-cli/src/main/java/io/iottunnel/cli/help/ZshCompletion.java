package io.iottunnel.cli.help;

import io.iottunnel.cli.settings.Option;
import io.iottunnel.cli.settings.OptionForm;
import io.iottunnel.cli.settings.Subcommand;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The script with which zsh completes options, with what they do, their values and commands. */
final class ZshCompletion {

  private static final String SCRIPT =
      """
      #compdef localproxy
      # zsh completion for localproxy. To be put into a directory of $fpath as _localproxy, or sourced.
      _localproxy() {
        local -a commands=(
      @COMMANDS@
        )
        if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
          _describe command commands
          return
        fi
        local -a own
        case $words[2] in
      @ARGUMENTS@
        esac
        _arguments -s $own \\
      @OPTIONS@
      }
      if [[ $funcstack[1] == _localproxy ]]; then
        _localproxy "$@"
      else
        compdef _localproxy localproxy
      fi
      """;

  private ZshCompletion() {}

  static String script() {
    return SCRIPT
        .replace(
            "@COMMANDS@",
            Arrays.stream(Subcommand.values())
                .map(command -> command.word() + ":" + command.description())
                .map(command -> "    " + ShellWords.quoted(command))
                .collect(Collectors.joining("\n")))
        .replace(
            "@ARGUMENTS@",
            Arrays.stream(Subcommand.values())
                .map(ZshCompletion::arguments)
                .collect(Collectors.joining("\n")))
        .replace(
            "@OPTIONS@",
            Arrays.stream(Option.values())
                .map(ZshCompletion::specification)
                .collect(Collectors.joining(" \\\n")));
  }

  private static String arguments(Subcommand command) {
    if (!command.ownOptions().isEmpty()) {
      return command.ownOptions().stream()
          .map(option -> option.form().longForm() + "[" + escaped(option.description()) + "]")
          .map(ShellWords::quoted)
          .collect(Collectors.joining(" ", "    " + command.word() + ") own=(", ") ;;"));
    }
    return command.arguments().isEmpty()
        ? "    %s) return ;;".formatted(command.word())
        : "    %s) _values argument %s; return ;;"
            .formatted(command.word(), String.join(" ", command.arguments()));
  }

  /** As {@code _arguments} wants it; of two forms of an option one excludes the other. */
  private static String specification(Option option) {
    OptionForm form = option.form();
    String text =
        "[" + escaped(option.description()) + "]" + (hasValue(form) ? ":" + value(form) : "");
    String longForm = form.longForm() + separator(form);
    return form.shortForm()
        .map(
            shortForm ->
                "    %s{%s,%s}%s"
                    .formatted(
                        ShellWords.quoted("(" + String.join(" ", form.all()) + ")"),
                        shortForm + (hasValue(form) ? "+" : ""),
                        longForm,
                        ShellWords.quoted(text)))
        .orElseGet(() -> "    " + ShellWords.quoted(longForm + text));
  }

  private static String separator(OptionForm form) {
    return switch (form.value()) {
      case NONE -> "";
      case REQUIRED -> "=";
      case OPTIONAL -> "=-"; // never a word of its own
    };
  }

  private static boolean hasValue(OptionForm form) {
    return form.value() != OptionForm.Value.NONE;
  }

  private static String value(OptionForm form) {
    String optional = form.value() == OptionForm.Value.OPTIONAL ? ":" : "";
    String action =
        form.isPath()
            ? "_files"
            : form.choices().isEmpty() ? " " : "(" + String.join(" ", form.choices()) + ")";
    return optional + escaped(form.valueName()) + ":" + action;
  }

  /** Brackets end a description, and colons separate. */
  private static String escaped(String text) {
    return text.replaceAll("([\\[\\]:\\\\])", "\\\\$1");
  }
}
