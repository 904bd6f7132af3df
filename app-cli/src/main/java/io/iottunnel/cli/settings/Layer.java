package io.iottunnel.cli.settings;

import io.iottunnel.cli.given.Given;
import io.iottunnel.domain.ConfigurationException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What one place, such as the command line or the environment, said. */
public record Layer(Map<Option, Given> values) {

  /**
   * What the environment says. A variable that is empty says nothing.
   *
   * @param environment the value of a variable, by its name
   */
  public static Layer ofEnvironment(Function<String, Optional<String>> environment) {
    Map<Option, Given> values = new EnumMap<>(Option.class);
    for (Option option : Option.values()) {
      option
          .variable()
          .flatMap(name -> environment.apply(name).map(value -> new Given(value.strip(), name)))
          .filter(given -> !given.value().isEmpty())
          .ifPresent(given -> values.put(option, given));
    }
    return new Layer(values);
  }

  /** What it says of an option. */
  public Optional<Given> find(Option option) {
    return Optional.ofNullable(values.get(option));
  }

  boolean says(Option option) {
    return values.containsKey(option);
  }

  boolean saysAny(Option... options) {
    return Arrays.stream(options).anyMatch(this::says);
  }

  /**
   * What this place says of two options that exclude each other.
   *
   * @throws ConfigurationException if it says both
   */
  Optional<Given> findOneOf(Option one, Option other) {
    Optional<Given> first = find(one);
    Optional<Given> second = find(other);
    if (first.isPresent() && second.isPresent()) {
      throw new ConfigurationException(
          "%s and %s exclude each other".formatted(first.get().origin(), second.get().origin()));
    }
    return first.or(() -> second);
  }
}
