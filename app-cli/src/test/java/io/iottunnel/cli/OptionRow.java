package io.iottunnel.cli;

import io.iottunnel.cli.settings.Option;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A row of the options' table.
 *
 * @param value what the option is given; empty where it takes nothing
 * @param outcome what has to hold when the process has ended
 */
record OptionRow(Option option, String value, Predicate<LocalProxyProcess> outcome) {

  /** A row whose option shows in the log. */
  static OptionRow logging(Option option, String value, String text) {
    return new OptionRow(option, value, run -> run.err().contains(text));
  }

  Optional<String> valueIfAny() {
    return Optional.of(value).filter(text -> !text.isEmpty());
  }

  boolean holds(LocalProxyProcess run) {
    return outcome.test(run);
  }
}
