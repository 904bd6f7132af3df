package io.iottunnel.cli.settings;

import java.util.List;
import java.util.Optional;

/**
 * The places where a value can come from, the strongest first. This is the precedence, and the only
 * statement of it: the command line, then the environment. (What is in none of them has its default
 * in {@link SettingsReader}.)
 *
 * @param strongestFirst the places
 */
public record Layers(List<Layer> strongestFirst) {

  public static Layers of(Layer commandLine, Layer environment) {
    return new Layers(List.of(commandLine, environment));
  }

  /** The strongest value. */
  Optional<Given> find(Option option) {
    return strongestFirst.stream().flatMap(layer -> layer.find(option).stream()).findFirst();
  }

  /**
   * The strongest layer that says anything of these options: only there can they contradict each
   * other.
   */
  Optional<Layer> strongestWith(Option... options) {
    return strongestFirst.stream().filter(layer -> layer.saysAny(options)).findFirst();
  }
}
