package io.iottunnel.cli.settings;

import io.iottunnel.cli.given.Given;
import io.iottunnel.domain.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The places where a value can come from, the strongest first.
 *
 * <p>This is the precedence, and the only statement of it: the command line, then the file that
 * {@code --config} names, then the environment. What is in none of them is as the file of {@code
 * --settings-json} has it, and what is not there either has its default; both are {@link
 * io.iottunnel.cli.tuning.Tuning}.
 *
 * @param strongestFirst the places
 */
public record Layers(List<Layer> strongestFirst) {

  /**
   * The layers of one run. Reads the file of options, if the command line names one.
   *
   * @param environment the value of a variable, by its name
   * @throws ConfigurationException if that file cannot be used
   */
  public static Layers of(Layer commandLine, Function<String, Optional<String>> environment) {
    Layer config =
        commandLine.find(Option.CONFIG).map(ConfigFile::read).orElse(new Layer(Map.of()));
    return new Layers(List.of(commandLine, config, Layer.ofEnvironment(environment)));
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
