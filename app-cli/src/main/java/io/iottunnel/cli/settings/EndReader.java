package io.iottunnel.cli.settings;

import io.iottunnel.cli.given.BindAddress;
import io.iottunnel.cli.given.Given;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads which end of the tunnel this is, and what is at it. */
final class EndReader {

  private static final Option[] SAYING_THE_MODE = {
    Option.SOURCE_LISTEN_PORT, Option.STDIO, Option.DESTINATION_APP, Option.MODE
  };

  private EndReader() {}

  /**
   * @param usualBindAddress where a source listens unless an option says it
   * @param directory where the user stands
   */
  static EndSettings read(
      Layers layers, String usualBindAddress, Path directory, Consumer<String> warnings) {
    Mode mode =
        layers
            .strongestWith(SAYING_THE_MODE)
            .map(EndReader::mode)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "Must specify one of --source-listen-port/-s or --destination-app/-d or"
                            + " --mode"));
    Optional<String> bindAddress =
        layers.find(Option.LOCAL_BIND_ADDRESS).map(EndReader::bindAddress);
    Optional<ServiceId> stdio = stdio(layers, mode);
    MappingReader.Mapping mapping =
        stdio
            .map(MappingReader.Mapping::ofStdio)
            .orElseGet(
                () ->
                    MappingReader.read(
                        layers, mode, bindAddress.orElse(usualBindAddress), directory, warnings));
    return new EndSettings(
        mode,
        mapping.mapping(),
        mapping.ofManyTunnels(),
        dialect(layers, mode, warnings),
        bindAddress,
        stdio.isPresent());
  }

  /** What one place says of the mode; what it says has to agree. */
  private static Mode mode(Layer layer) {
    Optional<Mode> said = layer.find(Option.MODE).map(EndReader::modeSaid);
    boolean listening = layer.says(Option.SOURCE_LISTEN_PORT);
    boolean stdio = layer.says(Option.STDIO);
    boolean connecting = layer.says(Option.DESTINATION_APP);
    if (listening && connecting) {
      throw new ConfigurationException(
          "Must specify one and only one of --source-listen-port/-s or --destination-app/-d");
    }
    if (stdio && (listening || connecting)) {
      throw new ConfigurationException(
          "Must specify one and only one of --stdio or %s"
              .formatted(
                  (listening ? Option.SOURCE_LISTEN_PORT : Option.DESTINATION_APP).form().label()));
    }
    if ((listening || stdio) && said.equals(Optional.of(Mode.DESTINATION))) {
      throw new ConfigurationException(
          "%s and --mode have mismatched mode. Mode is set to destination!"
              .formatted(listening ? "-s" : "--stdio"));
    }
    if (connecting && said.equals(Optional.of(Mode.SOURCE))) {
      throw new ConfigurationException(
          "-d and --mode have mismatched mode. Mode is set to source!");
    }
    return said.orElse(connecting ? Mode.DESTINATION : Mode.SOURCE);
  }

  private static Mode modeSaid(Given given) {
    return switch (given.value()) {
      case "src", "source" -> Mode.SOURCE;
      case "dst", "destination" -> Mode.DESTINATION;
      default ->
          throw new ConfigurationException(
              given.file().map(file -> given.origin() + ": ").orElse("")
                  + "Mode value is wrong! Allowed values are: src, dst, source, destination");
    };
  }

  /** Where a stronger place says where to listen, a weaker one's wish for stdio is void. */
  private static Optional<ServiceId> stdio(Layers layers, Mode mode) {
    return layers
        .strongestWith(Option.SOURCE_LISTEN_PORT, Option.STDIO)
        .filter(layer -> mode == Mode.SOURCE)
        .flatMap(layer -> layer.find(Option.STDIO))
        .map(EndReader::service);
  }

  private static ServiceId service(Given given) {
    if (given.value().isEmpty()) {
      return ServiceId.UNNAMED;
    }
    try {
      return ServiceId.parse(given.value());
    } catch (IllegalArgumentException e) {
      throw given.refused(String.valueOf(e.getMessage()));
    }
  }

  private static Dialect dialect(Layers layers, Mode mode, Consumer<String> warnings) {
    Optional<Given> given = layers.find(Option.DESTINATION_CLIENT_TYPE);
    if (given.isPresent() && mode == Mode.DESTINATION) {
      warnings.accept(given.get().origin() + " is for source mode only, and ignored");
      return Dialect.V3;
    }
    return given.map(type -> dialect(type, warnings)).orElse(Dialect.V3);
  }

  private static Dialect dialect(Given given, Consumer<String> warnings) {
    return switch (given.value()) {
      case "V1" -> Dialect.V1;
      case "V2" -> Dialect.V2;
      case "V3" -> Dialect.V3;
      default -> {
        warnings.accept(given.refusal("V1 or V2 is expected") + "; V3 is taken");
        yield Dialect.V3;
      }
    };
  }

  private static String bindAddress(Given given) {
    return BindAddress.of(given.value()).orElseThrow(() -> given.refused(BindAddress.EXPECTED));
  }
}
