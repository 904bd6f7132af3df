package io.iottunnel.cli.help;

import io.iottunnel.cli.settings.Option;
import io.iottunnel.cli.settings.OptionForm;
import io.iottunnel.cli.settings.Subcommand;
import io.iottunnel.cli.tuning.Setting;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The manual page, made from the same tables as everything else that knows options. */
public final class Manual {

  private static final String DESCRIPTION =
      "Carries TCP connections through a tunnel of AWS IoT Secure Tunneling, from clients on one"
          + " side (the source) to applications on the other (the destination), and reaches the"
          + " service directly or through a corporate web proxy. It takes the options, variables,"
          + " files and log lines of AWS's reference local proxy.";

  private static final String PRECEDENCE =
      "The command line wins over the file of `--config`, and that over the environment. Numbers"
          + " and limits are as the file of `--settings-json` has them, and else as they are by"
          + " default. Options that exclude each other do so within one of these places only.";

  private static final String VARIABLES_OF_WEB_PROXIES =
      "The web proxy, unless `--web-proxy` says it: the first that is set wins, and an empty one"
          + " means none. Also in capital letters.";

  private static final String EXAMPLES =
      """
      export HTTPS_PROXY=http://user:password@proxy.example.com:3128
      localproxy -r eu-west-1 --access-token-file token -d 22

      localproxy -r eu-west-1 --access-token-file token -s 5555
      ssh -p 5555 user@localhost

      ssh -o ProxyCommand='localproxy -r eu-west-1 --access-token-file token --stdio' host
      """;

  private final String version;
  private final String date;
  private final SortedMap<Integer, String> exitCodes;

  /**
   * @param date when this version was made, as 2026-11-22
   * @param exitCodes what each exit code means
   */
  public Manual(String version, String date, SortedMap<Integer, String> exitCodes) {
    this.version = version;
    this.date = date;
    this.exitCodes = exitCodes;
  }

  /** The page, for man(1). */
  public String page() {
    Roff page = new Roff().title("LOCALPROXY", 1, date, "localproxy " + version);
    page.section("NAME").text("localproxy - a local proxy for AWS IoT Secure Tunneling");
    page.section("SYNOPSIS")
        .text("`localproxy -r` region (`-s` mapping | `-d` mapping | `-m` mode) [option ...]")
        .paragraph("`localproxy` command");
    page.section("DESCRIPTION").text(DESCRIPTION);
    options(page);
    commands(page);
    page.section("PRECEDENCE").text(PRECEDENCE);
    environment(page);
    settings(page);
    page.section("EXIT STATUS");
    exitCodes.forEach((code, meaning) -> page.term(Roff.bold(code.toString()), meaning + "."));
    page.section("SIGNALS")
        .term(
            "SIGTERM, SIGINT, SIGHUP",
            "End in order: what was received is delivered, the service is told, the exit status is"
                + " 0.")
        .term("SIGUSR1", "Reconnect now.");
    page.section("EXAMPLES").example(EXAMPLES);
    return page.page();
  }

  private static void options(Roff page) {
    page.section("OPTIONS");
    for (Option.Group group : Option.Group.values()) {
      page.subsection(group.heading());
      Arrays.stream(Option.values())
          .filter(option -> option.group() == group)
          .forEach(option -> page.term(forms(option.form()), text(option)));
    }
  }

  private static String forms(OptionForm form) {
    String value =
        switch (form.value()) {
          case NONE -> "";
          case REQUIRED -> "=" + Roff.italic(form.valueName());
          case OPTIONAL -> "[=" + Roff.italic(form.valueName()) + "]";
        };
    return form.all().stream().map(Roff::bold).collect(Collectors.joining(", ")) + value;
  }

  private static String text(Option option) {
    String variable =
        option.form().variable().map(name -> " In the environment: " + name + ".").orElse("");
    String more = option.more().isEmpty() ? "" : " " + option.more();
    return option.description() + "." + more + variable;
  }

  private static void commands(Roff page) {
    page.section("COMMANDS");
    for (Subcommand command : Subcommand.values()) {
      String arguments = String.join("|", command.arguments());
      page.term(
          Roff.bold(command.word()) + (arguments.isEmpty() ? "" : " " + Roff.bold(arguments)),
          command.description() + ".");
      command
          .ownOptions()
          .forEach(option -> page.term(forms(option.form()), option.description() + "."));
    }
  }

  private static void environment(Roff page) {
    page.section("ENVIRONMENT");
    for (Option option : Option.values()) {
      option
          .form()
          .variable()
          .ifPresent(
              name ->
                  page.term(
                      Roff.bold(name), "Says the same as `" + option.form().longForm() + "`."));
    }
    page.term(Roff.bold("https_proxy") + ", " + Roff.bold("all_proxy"), VARIABLES_OF_WEB_PROXIES);
    page.term(Roff.bold("no_proxy"), "Hosts that are reached without a web proxy.");
    page.term(
        Roff.bold("SSL_CERT_FILE") + ", " + Roff.bold("SSL_CERT_DIR"),
        "Take the place of the system's certificates, as for OpenSSL.");
  }

  private static void settings(Roff page) {
    page.section("SETTINGS")
        .text(
            "What a file of `--settings-json` can say, below `tunneling.proxy`; times in"
                + " milliseconds, sizes in bytes.");
    for (Setting setting : Setting.values()) {
      page.term(
          Roff.bold(setting.key()) + " (" + Roff.plain(setting.usual()) + ")",
          setting.description() + ": " + setting.allowed() + ".");
    }
    page.term(
        Roff.bold("region_endpoint_overrides"),
        "An object: the host, or host and port, of each region whose service is elsewhere.");
  }
}
