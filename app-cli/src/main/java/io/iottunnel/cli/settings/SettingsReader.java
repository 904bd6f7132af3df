package io.iottunnel.cli.settings;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes {@link Settings} of what was given, or says in one line what is wrong with it. */
public final class SettingsReader {

  private SettingsReader() {}

  /**
   * Reads and validates everything that running a local proxy needs.
   *
   * @param environment the value of a variable, by its name; only the web proxy is looked for there
   * @throws ConfigurationException at the first thing that cannot be used
   */
  public static Settings read(Layers layers, Function<String, Optional<String>> environment) {
    List<String> warnings = new ArrayList<>();
    TokenSettings tokens = TokenReader.read(layers, warnings::add);
    LogSettings log = LogReader.read(layers);
    HostAndPort service = ServiceReader.read(layers);
    EndSettings end = EndReader.read(layers, warnings::add);
    WaySettings way = way(layers, service, environment, warnings::add);
    return new Settings(end, tokens, way, log, List.copyOf(warnings));
  }

  /**
   * Reads and validates how the service is reached, for whoever wants no tunnel.
   *
   * @param environment the value of a variable, by its name; only the web proxy is looked for there
   * @param warnings is told what the user should know, without secrets
   * @throws ConfigurationException at the first thing that cannot be used
   */
  public static WaySettings readWay(
      Layers layers, Function<String, Optional<String>> environment, Consumer<String> warnings) {
    return way(layers, ServiceReader.read(layers), environment, warnings);
  }

  private static WaySettings way(
      Layers layers,
      HostAndPort service,
      Function<String, Optional<String>> environment,
      Consumer<String> warnings) {
    TrustSettings trust = TrustReader.read(layers, warnings);
    WebProxySettings webProxy = WebProxyReader.read(layers, environment, warnings);
    return new WaySettings(service, webProxy, trust, WebProxyReader.connectLibrary(layers));
  }
}
