package io.iottunnel.cli.settings;

import io.iottunnel.domain.AccessToken;
import io.iottunnel.domain.Authority;
import io.iottunnel.domain.ClientToken;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ProxyEndpoint;
import io.iottunnel.domain.ServiceMapping;
import io.iottunnel.domain.webproxy.WebProxySelection;
import io.iottunnel.engine.LogLevel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes {@link Settings} of what was given, or says in one line what is wrong with it. */
public final class SettingsReader {

  private static final String DEFAULT_BIND_ADDRESS = "localhost";

  private static final String TOKEN_IN_SIGHT =
      "--access-token: others on this machine can read the command line; give the token in the"
          + " variable AWSIOT_TUNNEL_ACCESS_TOKEN instead";

  private static final String NOTHING_VERIFIED =
      """
      *************************************************************************
      *  SECURITY WARNING: --no-ssl-host-verify/-k is given.                  *
      *  No certificate is checked. Anyone on the way can pose as the service *
      *  or as the web proxy, and read the access token. For tests only.      *
      *************************************************************************""";

  private final Layers layers;
  private final List<String> warnings = new ArrayList<>();

  private SettingsReader(Layers layers) {
    this.layers = layers;
  }

  /**
   * Reads and validates everything.
   *
   * @param environment the value of a variable, by its name; only the web proxy is looked for there
   * @throws ConfigurationException at the first thing that cannot be used
   */
  public static Settings read(Layers layers, Function<String, Optional<String>> environment) {
    return new SettingsReader(layers).read(environment);
  }

  private Settings read(Function<String, Optional<String>> environment) {
    AccessToken accessToken = accessToken();
    int verbosity = layers.find(Option.VERBOSE).map(SettingsReader::verbosity).orElse(usual());
    HostAndPort service = service();
    Mode mode = mode();
    Optional<String> bindAddress =
        layers.find(Option.LOCAL_BIND_ADDRESS).map(SettingsReader::bindAddress);
    ServiceMapping mapping = mapping(bindAddress.orElse(DEFAULT_BIND_ADDRESS));
    Optional<ClientToken> clientToken = layers.find(Option.CLIENT_TOKEN).map(this::clientToken);
    Dialect dialect = dialect(mode);
    boolean verifyPeers = layers.find(Option.NO_SSL_HOST_VERIFY).isEmpty();
    if (!verifyPeers) {
      warnings.add(NOTHING_VERIFIED);
    }
    Optional<Path> trusted = layers.find(Option.CAPATH).map(SettingsReader::existing);
    WebProxySelection webProxy = WebProxySelection.from(environment);
    warnings.addAll(webProxy.warnings());
    return new Settings(
        mode,
        service,
        mapping,
        accessToken,
        clientToken,
        dialect,
        bindAddress,
        trusted,
        verifyPeers,
        verbosity,
        webProxy,
        List.copyOf(warnings));
  }

  private AccessToken accessToken() {
    Given given =
        layers
            .find(Option.ACCESS_TOKEN)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "the option '--access-token' is required but missing"));
    if (given.isFromCommandLine()) {
      warnings.add(TOKEN_IN_SIGHT);
    }
    return given.secret(AccessToken::new);
  }

  private ClientToken clientToken(Given given) {
    return given.secret(ClientToken::new);
  }

  private HostAndPort service() {
    Layer layer =
        layers
            .strongestWith(Option.REGION, Option.PROXY_ENDPOINT)
            .filter(l -> l.says(Option.REGION) != l.says(Option.PROXY_ENDPOINT))
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "Must specify one and only one of --region/-r or --proxy-endpoint/-e"
                            + " options"));
    return layer
        .find(Option.REGION)
        .map(region -> ProxyEndpoint.ofRegion(region.value(), region.origin()))
        .or(
            () ->
                layer
                    .find(Option.PROXY_ENDPOINT)
                    .map(endpoint -> ProxyEndpoint.parse(endpoint.value(), endpoint.origin())))
        .orElseThrow();
  }

  private Mode mode() {
    Optional<Given> listeners = layers.find(Option.SOURCE_LISTEN_PORT);
    Optional<Given> applications = layers.find(Option.DESTINATION_APP);
    Optional<Mode> said = layers.find(Option.MODE).map(SettingsReader::modeSaid);
    if (listeners.isPresent() && applications.isPresent()) {
      throw new ConfigurationException(
          "Must specify one and only one of --source-listen-port/-s or --destination-app/-d");
    }
    if (listeners.isPresent() && said.equals(Optional.of(Mode.DESTINATION))) {
      throw new ConfigurationException(
          "-s and --mode have mismatched mode. Mode is set to destination!");
    }
    if (applications.isPresent() && said.equals(Optional.of(Mode.SOURCE))) {
      throw new ConfigurationException(
          "-d and --mode have mismatched mode. Mode is set to source!");
    }
    return said.or(() -> listeners.map(given -> Mode.SOURCE))
        .or(() -> applications.map(given -> Mode.DESTINATION))
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "Must specify one of --source-listen-port/-s or --destination-app/-d or"
                        + " --mode"));
  }

  private static Mode modeSaid(Given given) {
    return switch (given.value()) {
      case "src", "source" -> Mode.SOURCE;
      case "dst", "destination" -> Mode.DESTINATION;
      default ->
          throw new ConfigurationException(
              "Mode value is wrong! Allowed values are: src, dst, source, destination");
    };
  }

  private ServiceMapping mapping(String bindAddress) {
    return layers
        .find(Option.SOURCE_LISTEN_PORT)
        .map(given -> ServiceMapping.ofListeners(given.value(), given.origin(), bindAddress))
        .or(
            () ->
                layers
                    .find(Option.DESTINATION_APP)
                    .map(given -> ServiceMapping.ofApplications(given.value(), given.origin())))
        .orElse(ServiceMapping.NONE);
  }

  private Dialect dialect(Mode mode) {
    Optional<Given> given = layers.find(Option.DESTINATION_CLIENT_TYPE);
    if (given.isPresent() && mode == Mode.DESTINATION) {
      warnings.add(given.get().origin() + " is for source mode only, and ignored");
      return Dialect.V3;
    }
    return given.map(this::dialect).orElse(Dialect.V3);
  }

  private Dialect dialect(Given given) {
    return switch (given.value()) {
      case "V1" -> Dialect.V1;
      case "V2" -> Dialect.V2;
      case "V3" -> Dialect.V3;
      default -> {
        warnings.add(given.refusal("V1 or V2 is expected") + "; V3 is taken");
        yield Dialect.V3;
      }
    };
  }

  private static int verbosity(Given given) {
    if (!given.value().matches("\\d{1,3}") || Integer.parseInt(given.value()) > 255) {
      throw given.refused("a number from 0 (nothing) to 255 is expected, 4 is usual");
    }
    return Integer.parseInt(given.value());
  }

  private static int usual() {
    return LogLevel.INFO.verbosity();
  }

  private static String bindAddress(Given given) {
    String value = given.value();
    try {
      Authority address = Authority.parse(value.indexOf(':') < 0 ? value : bracketed(value));
      if (address.port().isEmpty()) {
        return address.host();
      }
      throw new IllegalArgumentException("a port was given");
    } catch (IllegalArgumentException e) {
      throw given.refused("a local IP address or host name is expected, without port");
    }
  }

  private static String bracketed(String ipv6) {
    return ipv6.startsWith("[") ? ipv6 : "[" + ipv6 + "]";
  }

  private static Path existing(Given given) {
    try {
      Path path = Path.of(given.value());
      if (Files.isReadable(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw given.refused("not a path: " + e.getReason());
    }
    throw given.refused("a readable directory or file of certificates is expected");
  }
}
