package io.iottunnel.cli.settings;

import io.iottunnel.cli.given.Given;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.ServiceMapping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Reads which endpoint belongs to which service: from an option, or from a directory of files. */
final class MappingReader {

  /**
   * Where the files are looked for, in the directory where the user stands, unless an option says.
   */
  private static final String USUAL_DIRECTORY = "config";

  /**
   * A mapping.
   *
   * @param ofManyTunnels whether it may name services that this tunnel does not have
   */
  record Mapping(ServiceMapping mapping, boolean ofManyTunnels) {
    static final Mapping NONE = new Mapping(ServiceMapping.NONE, false);

    static Mapping ofStdio(ServiceId service) {
      return new Mapping(ServiceMapping.ofStdio(service), false);
    }
  }

  private MappingReader() {}

  /**
   * @param bindAddress where a source listens where only a port is given
   * @param directory where the user stands
   */
  static Mapping read(
      Layers layers, Mode mode, String bindAddress, Path directory, Consumer<String> warnings) {
    BiFunction<String, String, ServiceMapping> parser =
        switch (mode) {
          case SOURCE -> (text, origin) -> ServiceMapping.ofListeners(text, origin, bindAddress);
          case DESTINATION -> ServiceMapping::ofApplications;
        };
    Optional<Given> inOneLine =
        layers.find(mode == Mode.SOURCE ? Option.SOURCE_LISTEN_PORT : Option.DESTINATION_APP);
    Optional<Given> inFiles = layers.find(Option.CONFIG_DIR);
    if (inOneLine.isPresent()) {
      inFiles.ifPresent(
          given ->
              warnings.accept(
                  given.origin() + " is ignored: " + inOneLine.get().origin() + " is given"));
      return new Mapping(parser.apply(inOneLine.get().value(), inOneLine.get().origin()), false);
    }
    Path usual = directory.resolve(USUAL_DIRECTORY);
    return inFiles
        .map(MappingReader::directory)
        .or(() -> Optional.of(usual).filter(Files::isDirectory))
        .map(files -> new Mapping(MappingDirectory.read(files, parser, warnings), true))
        .orElse(Mapping.NONE);
  }

  private static Path directory(Given given) {
    Path path = given.path();
    if (!Files.isDirectory(path)) {
      throw given.refused("a directory is expected");
    }
    return path;
  }
}
