package io.iottunnel.cli.settings;

import java.util.List;
import java.util.Optional;

/**
 * How an option is written.
 *
 * @param shortForm such as {@code -r}; many have none
 * @param longForm such as {@code --region}
 * @param value whether it has a value
 * @param valueName what the value is called in the help text; empty for a flag
 * @param variable the environment variable that says the same
 */
public record OptionForm(
    Optional<String> shortForm,
    String longForm,
    Value value,
    String valueName,
    Optional<String> variable) {

  /** Whether an option has a value. */
  public enum Value {
    NONE,
    REQUIRED,
    /** It follows behind an equals sign, or does not: {@code --stdio=SSH1}. */
    OPTIONAL
  }

  static OptionForm of(String longName) {
    return new OptionForm(Optional.empty(), "--" + longName, Value.NONE, "", Optional.empty());
  }

  static OptionForm of(char shortName, String longName) {
    return new OptionForm(
        Optional.of("-" + shortName), "--" + longName, Value.NONE, "", Optional.empty());
  }

  OptionForm taking(String name) {
    return new OptionForm(shortForm, longForm, Value.REQUIRED, name, variable);
  }

  OptionForm maybeTaking(String name) {
    return new OptionForm(shortForm, longForm, Value.OPTIONAL, name, variable);
  }

  OptionForm or(String environmentVariable) {
    return new OptionForm(shortForm, longForm, value, valueName, Optional.of(environmentVariable));
  }

  /** The long form without its hyphens, as files of options write it. */
  public String longName() {
    return longForm.substring(2);
  }

  /** Every form, the short one first. */
  public List<String> all() {
    return shortForm.map(form -> List.of(form, longForm)).orElse(List.of(longForm));
  }

  /** As errors name it: {@code --region/-r}. */
  public String label() {
    return longForm + shortForm.map(form -> "/" + form).orElse("");
  }
}
