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
 * @param choices the values that there are, where they are few
 * @param isPath whether the value is a file or directory
 * @param variable the environment variable that says the same
 */
public record OptionForm(
    Optional<String> shortForm,
    String longForm,
    Value value,
    String valueName,
    List<String> choices,
    boolean isPath,
    Optional<String> variable) {

  /** Whether an option has a value. */
  public enum Value {
    NONE,
    REQUIRED,
    /** It follows behind an equals sign, or does not: {@code --stdio=SSH1}. */
    OPTIONAL
  }

  static OptionForm of(String longName) {
    return flag(Optional.empty(), longName);
  }

  static OptionForm of(char shortName, String longName) {
    return flag(Optional.of("-" + shortName), longName);
  }

  private static OptionForm flag(Optional<String> shortForm, String longName) {
    return new OptionForm(
        shortForm, "--" + longName, Value.NONE, "", List.of(), false, Optional.empty());
  }

  OptionForm taking(String name) {
    return with(Value.REQUIRED, name, List.of(), false);
  }

  OptionForm maybeTaking(String name) {
    return with(Value.OPTIONAL, name, List.of(), false);
  }

  OptionForm oneOf(String name, String... values) {
    return with(Value.REQUIRED, name, List.of(values), false);
  }

  OptionForm takingPath(String name) {
    return with(Value.REQUIRED, name, List.of(), true);
  }

  private OptionForm with(Value kind, String name, List<String> values, boolean path) {
    return new OptionForm(shortForm, longForm, kind, name, values, path, variable);
  }

  OptionForm or(String environmentVariable) {
    return new OptionForm(
        shortForm, longForm, value, valueName, choices, isPath, Optional.of(environmentVariable));
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
