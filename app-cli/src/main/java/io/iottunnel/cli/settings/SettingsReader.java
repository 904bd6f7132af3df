package io.iottunnel.cli.settings;

import io.iottunnel.cli.given.SecretFile;
import io.iottunnel.cli.given.Surroundings;
import io.iottunnel.cli.tuning.Tuning;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes {@link Settings} of what was given, or says in one line what is wrong with it. */
public final class SettingsReader {

  private SettingsReader() {}

  /**
   * Reads and validates everything that running a local proxy needs.
   *
   * @throws ConfigurationException at the first thing that cannot be used
   */
  public static Settings read(Layers layers, Surroundings surroundings) {
    List<String> warnings = new ArrayList<>();
    refuseSharedInput(layers);
    TokenSettings tokens = TokenReader.read(layers, surroundings.in(), warnings::add);
    LogSettings log = LogReader.read(layers);
    Tuning tuning = tuning(layers, warnings::add);
    HostAndPort service = ServiceReader.read(layers, tuning.endpoints());
    EndSettings end =
        EndReader.read(layers, tuning.bindAddress(), surroundings.directory(), warnings::add);
    WaySettings way = way(layers, service, surroundings, warnings::add);
    return new Settings(end, tokens, way, log, tuning, List.copyOf(warnings));
  }

  /** Whose standard input is the one client of the tunnel gives no secret there. */
  private static void refuseSharedInput(Layers layers) {
    layers
        .find(Option.STDIO)
        .flatMap(
            stdio ->
                Stream.of(Option.ACCESS_TOKEN_FILE, Option.WEB_PROXY_PASSWORD_FILE)
                    .flatMap(option -> layers.find(option).stream())
                    .filter(SecretFile::isStandardInput)
                    .findFirst())
        .ifPresent(
            given -> {
              throw new ConfigurationException(
                  given.origin()
                      + ": standard input is the client's with --stdio; give a file's name");
            });
  }

  static Tuning tuning(Layers layers, Consumer<String> warnings) {
    return layers
        .find(Option.SETTINGS_JSON)
        .map(file -> Tuning.read(file, warnings))
        .orElseGet(Tuning::usual);
  }

  static WaySettings way(
      Layers layers, HostAndPort service, Surroundings surroundings, Consumer<String> warnings) {
    TrustSettings trust = TrustReader.read(layers, warnings);
    WebProxySettings webProxy = WebProxyReader.read(layers, service, surroundings, warnings);
    return new WaySettings(service, webProxy, trust, WebProxyReader.connectLibrary(layers));
  }
}
