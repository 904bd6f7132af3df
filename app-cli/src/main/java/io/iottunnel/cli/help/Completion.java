package io.iottunnel.cli.help;

import java.util.Optional;

/** The scripts that teach shells our options. */
public final class Completion {

  private Completion() {}

  /** The script of a shell; empty for one that is not known. */
  public static Optional<String> of(String shell) {
    return switch (shell) {
      case "bash" -> Optional.of(BashCompletion.script());
      case "zsh" -> Optional.of(ZshCompletion.script());
      default -> Optional.empty();
    };
  }
}
