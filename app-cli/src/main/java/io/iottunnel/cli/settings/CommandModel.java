package io.iottunnel.cli.settings;

import io.iottunnel.cli.given.Given;
import io.iottunnel.domain.ConfigurationException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line as picocli sees it, made from the {@link Option} table without reflection. */
public final class CommandModel {

  private final Set<DoctorOption> beyond;
  private final CommandLine commandLine;

  /** That of the plain form. */
  public CommandModel() {
    this(EnumSet.noneOf(DoctorOption.class));
  }

  private CommandModel(Set<DoctorOption> beyond) {
    this.beyond = beyond;
    this.commandLine = new CommandLine(spec(beyond));
  }

  /** That of the doctor, which takes every option of the plain form too. */
  public static CommandModel ofDoctor() {
    return new CommandModel(EnumSet.allOf(DoctorOption.class));
  }

  /**
   * What a command line said.
   *
   * @param beyond what it said to the doctor alone
   * @param error the first thing wrong with it
   */
  public record Parsed(
      boolean help,
      boolean version,
      Layer layer,
      Set<DoctorOption> beyond,
      Optional<String> error) {

    /**
     * What was said, where nothing is wrong with it.
     *
     * @throws ConfigurationException if something is
     */
    public Layer orRefuse() {
      error.ifPresent(
          text -> {
            throw new ConfigurationException(text);
          });
      return layer;
    }
  }

  /**
   * Reads a command line. An error comes back beside what was understood, so that a request for
   * help is heard in spite of it.
   */
  public Parsed parse(String... arguments) {
    ParseResult result = commandLine.parseArgs(arguments);
    Map<Option, Given> values = new EnumMap<>(Option.class);
    for (Option option : Option.values()) {
      if (result.hasMatchedOption(option.form().longForm())) {
        values.put(option, new Given(value(result, option.form()), option.form().label()));
      }
    }
    return new Parsed(
        values.containsKey(Option.HELP),
        values.containsKey(Option.VERSION),
        new Layer(values),
        beyond.stream()
            .filter(option -> result.hasMatchedOption(option.form().longForm()))
            .collect(Collectors.toUnmodifiableSet()),
        result.errors().stream().findFirst().map(error -> UsageErrors.text(error, longForms())));
  }

  private List<String> longForms() {
    return Stream.concat(
            Arrays.stream(Option.values()).map(Option::form),
            beyond.stream().map(DoctorOption::form))
        .map(OptionForm::longForm)
        .toList();
  }

  private static String value(ParseResult result, OptionForm form) {
    return form.value() == OptionForm.Value.NONE
        ? ""
        : result.matchedOptionValue(form.longForm(), "");
  }

  private static CommandSpec spec(Set<DoctorOption> beyond) {
    CommandSpec spec = CommandSpec.create().name("localproxy");
    for (Option option : Option.values()) {
      spec.addOption(option(option.form()));
    }
    beyond.forEach(option -> spec.addOption(option(option.form())));
    // "@" begins no file of arguments here: a value may begin with it.
    spec.parser().collectErrors(true).expandAtFiles(false);
    return spec;
  }

  private static OptionSpec option(OptionForm form) {
    OptionSpec.Builder builder = OptionSpec.builder(form.all().toArray(String[]::new));
    return switch (form.value()) {
      case NONE -> builder.type(boolean.class).arity("0").build();
      case REQUIRED -> builder.type(String.class).arity("1").build();
      case OPTIONAL -> builder.type(String.class).arity("0..1").fallbackValue("").build();
    };
  }
}
