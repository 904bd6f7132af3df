package io.iottunnel.cli.help;

import io.iottunnel.cli.settings.DoctorOption;
import io.iottunnel.cli.settings.Option.Group;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code doctor --help} shows: its own options, and those of a local proxy that it heeds. */
public final class DoctorHelp {

  private static final List<Group> HEEDED =
      List.of(Group.GENERAL, Group.TUNNEL, Group.WEB_PROXY, Group.TRUST, Group.FILES, Group.LOG);

  private static final String SYNOPSIS = "localproxy doctor -r REGION [OPTION...]";

  private static final String DESCRIPTION =
      "%nGoes the way to the service hop by hop, as a tunnel would, and says of each%n"
          + "hop how it is, how long it took and what to do. It needs no access token and%n"
          + "spends none. The other options of a local proxy are taken too, and ignored, so%n"
          + "that a command line can be examined by the word 'doctor' put before it.%n";

  private static final String FOOTER =
      "%nThe exit code is 0 when every hop is good, else that of what failed.";

  private DoctorHelp() {}

  /** The text, with a line end at its end. */
  public static String text() {
    CommandSpec spec = CommandSpec.create().name("localproxy doctor");
    ArgGroupSpec.Builder own = ArgGroupSpec.builder().heading("%nThe report:%n").validate(false);
    for (DoctorOption option : DoctorOption.values()) {
      own.addArg(HelpText.shown(option.form(), option.description()));
    }
    spec.addArgGroup(own.build());
    HEEDED.forEach(group -> HelpText.add(group, spec));
    spec.usageMessage()
        .width(HelpText.WIDTH)
        .sortOptions(false)
        .customSynopsis(SYNOPSIS)
        .description(DESCRIPTION)
        .footer(FOOTER);
    return new CommandLine(spec).getUsageMessage(Ansi.OFF);
  }
}
