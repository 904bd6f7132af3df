package io.iottunnel.cli.help;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.settings.Option;
import io.iottunnel.cli.settings.Subcommand;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompletionTest {

  private static final String BASH = Completion.of("bash").orElseThrow();
  private static final String ZSH = Completion.of("zsh").orElseThrow();

  @ParameterizedTest
  @EnumSource
  void everyOptionIsKnownToBothShells(Option option) {
    for (String form : option.form().all()) {
      assertTrue(BASH.contains(form), BASH);
      assertTrue(ZSH.contains(form), ZSH);
    }
  }

  @Test
  void everyShellThatTheCommandOffersHasAScript() {
    for (String shell : Subcommand.GENERATE_COMPLETION.arguments()) {
      assertTrue(Completion.of(shell).isPresent(), shell);
    }
    assertEquals(Optional.empty(), Completion.of("csh"));
  }

  @Test
  void aQuoteInADescriptionEndsNoString() {
    assertEquals("'the system'\\''s'", ShellWords.quoted("the system's"));
  }
}
