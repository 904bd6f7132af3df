package io.iottunnel.cli.help;

import io.iottunnel.cli.settings.Option;
import io.iottunnel.cli.settings.OptionForm;
import io.iottunnel.cli.settings.Subcommand;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code --help} shows: the options, by subject, and the three commonest uses. */
public final class HelpText {

  static final int WIDTH = 80;

  private static final String[] SYNOPSIS = {
    "localproxy -r REGION (-s MAPPING | -d MAPPING | -m MODE) [OPTION...]",
    "       localproxy COMMAND"
  };

  private static final String DESCRIPTION =
      "%nA local proxy for AWS IoT Secure Tunneling, at home behind web proxies.%n";

  private static final String EXAMPLES =
      """

      Examples:
        On a device behind a web proxy, let a tunnel reach the SSH server:
          export AWSIOT_TUNNEL_ACCESS_TOKEN=...
          export HTTPS_PROXY=http://user:password@proxy.example.com:3128
          localproxy -r eu-west-1 -d 22

        Where you are; then ssh -p 5555 user@localhost:
          localproxy -r eu-west-1 -s 5555

        Several services of one tunnel:
          localproxy -r eu-west-1 -s SSH1=5555,WEB=8080

      Settings, exit codes and more: localproxy generate-manual | man -l -
      """;

  private HelpText() {}

  /** The text, {@value #WIDTH} columns wide, with a line end at its end. */
  public static String text() {
    CommandSpec spec = CommandSpec.create().name("localproxy");
    for (Option.Group group : Option.Group.values()) {
      add(group, spec);
    }
    for (Subcommand command : Subcommand.values()) {
      CommandSpec summary = CommandSpec.create();
      summary.usageMessage().description(command.description());
      spec.addSubcommand(command.word(), summary);
    }
    spec.usageMessage()
        .width(WIDTH)
        .sortOptions(false)
        .customSynopsis(SYNOPSIS)
        .description(DESCRIPTION)
        .commandListHeading("%nCommands:%n")
        .footer(EXAMPLES.lines().map(HelpText::unformatted).toArray(String[]::new));
    return new CommandLine(spec).getUsageMessage(Ansi.OFF);
  }

  /** The first group has no heading: its first option is the first that is read. */
  static void add(Option.Group group, CommandSpec spec) {
    ArgGroupSpec.Builder options =
        ArgGroupSpec.builder().heading("%n" + group.heading() + ":%n").validate(false);
    for (Option option : Option.values()) {
      if (option.group() != group) {
        continue;
      }
      if (group == Option.Group.GENERAL) {
        spec.addOption(shown(option.form(), option.description()));
      } else {
        options.addArg(shown(option.form(), option.description()));
      }
    }
    if (group != Option.Group.GENERAL) {
      spec.addArgGroup(options.build());
    }
  }

  static OptionSpec shown(OptionForm form, String description) {
    OptionSpec.Builder builder =
        OptionSpec.builder(form.all().toArray(String[]::new)).description(unformatted(description));
    return switch (form.value()) {
      case NONE -> builder.type(boolean.class).arity("0").build();
      case REQUIRED -> builder.type(String.class).paramLabel(form.valueName()).arity("1").build();
      case OPTIONAL ->
          builder.type(String.class).paramLabel(form.valueName()).arity("0..1").build();
    };
  }

  /** Descriptions are format strings to picocli. */
  private static String unformatted(String text) {
    return text.replace("%", "%%");
  }
}
