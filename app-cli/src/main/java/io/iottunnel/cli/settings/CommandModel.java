package io.iottunnel.cli.settings;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line as picocli sees it, made from the {@link Option} table without reflection. */
public final class CommandModel {

  private final CommandLine commandLine = new CommandLine(spec());

  /**
   * What a command line said.
   *
   * @param error the first thing wrong with it
   */
  public record Parsed(boolean help, boolean version, Layer layer, Optional<String> error) {}

  /**
   * Reads a command line. An error comes back beside what was understood, so that a request for
   * help is heard in spite of it.
   */
  public Parsed parse(String... arguments) {
    ParseResult result = commandLine.parseArgs(arguments);
    Map<Option, Given> values = new EnumMap<>(Option.class);
    for (Option option : Option.values()) {
      if (result.hasMatchedOption(option.longForm())) {
        String value = option.valueName().isEmpty() ? "" : value(result, option);
        values.put(option, new Given(value, option.longForm() + "/" + option.shortForm()));
      }
    }
    return new Parsed(
        values.containsKey(Option.HELP),
        values.containsKey(Option.VERSION),
        new Layer(values),
        result.errors().stream().findFirst().map(UsageErrors::text));
  }

  /** The help text. */
  public String help() {
    return commandLine.getUsageMessage(CommandLine.Help.Ansi.OFF);
  }

  private static String value(ParseResult result, Option option) {
    return result.matchedOptionValue(option.longForm(), "");
  }

  private static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("localproxy");
    for (Option option : Option.values()) {
      spec.addOption(option(option));
    }
    // "@" begins no file of arguments here: a value may begin with it.
    spec.parser().collectErrors(true).expandAtFiles(false);
    spec.usageMessage()
        .sortOptions(false)
        .width(100)
        .description("A local proxy for AWS IoT Secure Tunneling, at home behind web proxies.");
    return spec;
  }

  private static OptionSpec option(Option option) {
    OptionSpec.Builder builder =
        OptionSpec.builder(option.shortForm(), option.longForm()).description(option.description());
    option
        .valueName()
        .ifPresentOrElse(
            name -> builder.paramLabel(name).type(String.class).arity("1"),
            () -> builder.type(boolean.class).arity("0"));
    return builder.build();
  }
}
