package io.iottunnel.cli.help;

import io.iottunnel.cli.settings.Option;
import io.iottunnel.cli.settings.OptionForm;
import io.iottunnel.cli.settings.Subcommand;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The script with which bash (3.2 or later) completes options, their values and commands. */
final class BashCompletion {

  private static final String SCRIPT =
      """
      # bash completion for localproxy. To be sourced:  source <(localproxy generate-completion bash)
      _localproxy() {
        local IFS=$'\\n' word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
        # To readline, "--mode=src" is three words.
        if [[ $word == = ]]; then
          word=
        elif [[ $before == = ]]; then
          before=${COMP_WORDS[COMP_CWORD-2]}
        fi
        COMPREPLY=()
        case $before in
      @VALUES@
          @PATHS@)
            compopt -o filenames 2>/dev/null
            COMPREPLY=($(compgen -f -- "$word"))
            return ;;
          @OTHERS@)
            return ;;
        esac
        if [[ $word == -* ]]; then
          local own=
          case ${COMP_WORDS[1]} in
      @OWN@
          esac
          COMPREPLY=($(compgen -W $'@OPTIONS@'"$own" -- "$word"))
        elif ((COMP_CWORD == 1)); then
          COMPREPLY=($(compgen -W $'@COMMANDS@' -- "$word"))
        fi
      }
      complete -F _localproxy localproxy
      """;

  private BashCompletion() {}

  static String script() {
    List<Option> others =
        ShellWords.options(
            form ->
                form.value() == OptionForm.Value.REQUIRED
                    && form.choices().isEmpty()
                    && !form.isPath());
    return SCRIPT
        .replace("@VALUES@", values())
        .replace("@PATHS@", ShellWords.forms(ShellWords.options(OptionForm::isPath), "|"))
        .replace("@OTHERS@", ShellWords.forms(others, "|"))
        .replace("@OWN@", ownOptions())
        .replace("@OPTIONS@", ShellWords.forms(List.of(Option.values()), "\\n"))
        .replace(
            "@COMMANDS@",
            Arrays.stream(Subcommand.values())
                .map(Subcommand::word)
                .collect(Collectors.joining("\\n")));
  }

  private static String values() {
    String ofOptions =
        ShellWords.options(form -> !form.choices().isEmpty()).stream()
            .map(option -> choice(String.join("|", option.form().all()), option.form().choices()))
            .collect(Collectors.joining("\n"));
    String ofCommands =
        Arrays.stream(Subcommand.values())
            .filter(command -> !command.arguments().isEmpty())
            .map(command -> choice(command.word(), command.arguments()))
            .collect(Collectors.joining("\n"));
    return ofOptions + "\n" + ofCommands;
  }

  private static String ownOptions() {
    return Arrays.stream(Subcommand.values())
        .filter(command -> !command.ownOptions().isEmpty())
        .map(
            command ->
                command.ownOptions().stream()
                    .map(option -> "\\n" + option.form().longForm())
                    .collect(
                        Collectors.joining("", "      " + command.word() + ") own=$'", "' ;;")))
        .collect(Collectors.joining("\n"));
  }

  private static String choice(String pattern, List<String> words) {
    return "    %s) COMPREPLY=($(compgen -W $'%s' -- \"$word\")); return ;;"
        .formatted(pattern, String.join("\\n", words));
  }
}
