package io.iottunnel.cli.settings;

import java.util.List;

/** What can be asked for in place of running a local proxy: the first word of the command line. */
public enum Subcommand {
  DOCTOR("doctor", List.of(), "Examine the way to the service, hop by hop, and say what to do"),
  /** The launcher's own: nothing of it is in an installation. */
  DEMO("demo", List.of(), "A tunnel and all its parts on this machine (source checkouts only)"),
  GENERATE_COMPLETION(
      "generate-completion",
      List.of("bash", "zsh"),
      "Print the script that teaches a shell these options"),
  GENERATE_MANUAL("generate-manual", List.of(), "Print the manual, for man -l -");

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> arguments;

  private final String description;

  Subcommand(String word, List<String> arguments, String description) {
    this.word = word;
    this.arguments = arguments;
    this.description = description;
  }

  /** How it is called. */
  public String word() {
    return word;
  }

  /** The words of which one has to follow; empty where none does. */
  public List<String> arguments() {
    return arguments;
  }

  /** The options that it has beside those of the plain form, all of which it takes then. */
  public List<DoctorOption> ownOptions() {
    return this == DOCTOR ? List.of(DoctorOption.values()) : List.of();
  }

  /** What it does, in a few words without a full stop at the end. */
  public String description() {
    return description;
  }
}
