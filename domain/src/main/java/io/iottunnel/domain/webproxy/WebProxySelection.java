package io.iottunnel.domain.webproxy;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Which web proxy is used for the service, and why: the first place that says something wins.
 *
 * @param url the web proxy; empty for a direct connection
 * @param origin the place that won, such as {@code HTTPS_PROXY}; empty where none said anything
 * @param exemption what exempts the service from the web proxy of that place, if something does
 * @param reason all of this as a sentence without secrets, for a log line
 * @param passedOver what was said and is not heeded, each as a sentence without secrets
 */
public record WebProxySelection(
    Optional<WebProxyUrl> url,
    Optional<String> origin,
    Optional<Exemption> exemption,
    String reason,
    List<String> passedOver) {

  /** The environment variables that name a web proxy, the strongest first. */
  public static final List<String> VARIABLES =
      List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");

  /** Those that are about other kinds of proxies too. */
  private static final Set<String> FOR_ALL_SCHEMES = Set.of("all_proxy", "ALL_PROXY");

  private static final String NONE = "none";
  private static final int LONGEST_SHOWN = 200;

  public WebProxySelection {
    passedOver = List.copyOf(passedOver);
  }

  /**
   * What somebody said about the web proxy.
   *
   * @param value as given; may hold a password
   * @param origin where, as errors name it
   */
  public record Said(String value, String origin) {

    private Said stripped() {
      return new Said(value.strip(), origin);
    }

    /** The origin alone: the value may hold a secret. */
    @Override
    public String toString() {
      return "Said[" + origin + "]";
    }
  }

  /**
   * Why a service is reached without the web proxy.
   *
   * @param entry the entry that covers it, as written
   * @param origin the list's variable
   */
  public record Exemption(String entry, String origin) {}

  /**
   * Chooses. White space and carriage returns around a value are dropped; a place that says an
   * empty value says "none", so that a stronger empty one hides a weaker one.
   *
   * @param option what was said to us alone, which is stronger than the environment, where {@code
   *     none} asks for a direct connection
   * @param environment the value of a variable, by its name
   * @param service where we want to go
   * @throws ConfigurationException if what wins cannot be used
   */
  public static WebProxySelection of(
      Optional<Said> option, Function<String, Optional<String>> environment, HostAndPort service) {
    Optional<Said> said = option.or(() -> first(VARIABLES, environment)).map(Said::stripped);
    if (said.isEmpty()) {
      return direct(said, "none of %s is set".formatted(String.join(", ", VARIABLES)));
    }
    String value = said.get().value();
    String origin = said.get().origin();
    if (value.isEmpty()) {
      return direct(said, origin + " is set and empty");
    }
    if (option.isPresent() && value.equalsIgnoreCase(NONE)) {
      return direct(said, origin + " is " + NONE);
    }
    NoProxy noProxy = NoProxy.of(environment);
    Optional<Exemption> exemption = noProxy.exemptionOf(service);
    if (exemption.isPresent()) {
      return exempted(origin, exemption.get(), service);
    }
    return chosen(value, origin, noProxy.unreadable());
  }

  /** Whether a variable won. */
  public boolean isFromEnvironment() {
    return origin.filter(VARIABLES::contains).isPresent();
  }

  /** This selection with something changed about the web proxy, if there is one. */
  public WebProxySelection with(UnaryOperator<WebProxy> change) {
    return new WebProxySelection(
        url.map(chosen -> new WebProxyUrl(change.apply(chosen.webProxy()), chosen.portAssumed())),
        origin,
        exemption,
        reason,
        passedOver);
  }

  /** What the user should know before the web proxy is used, without secrets. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(passedOver);
    url.filter(WebProxyUrl::portAssumed)
        .ifPresent(
            chosen ->
                warnings.add(
                    "No port is given for the web proxy; assuming %d: %s"
                        .formatted(WebProxyUrl.ASSUMED_PORT, chosen.webProxy())));
    url.map(WebProxyUrl::webProxy)
        .filter(WebProxySelection::tellsThePassword)
        .ifPresent(
            proxy ->
                warnings.add(
                    "The password for the web proxy travels unencrypted to %s; use https:// if it can"
                        .formatted(proxy.address())));
    return List.copyOf(warnings);
  }

  private static boolean tellsThePassword(WebProxy proxy) {
    return proxy.scheme() == WebProxy.Scheme.HTTP
        && proxy.credentials().isPresent()
        && proxy.authentication().permits(Authentication.BASIC);
  }

  private static WebProxySelection direct(Optional<Said> said, String why) {
    return new WebProxySelection(
        Optional.empty(),
        said.map(Said::origin),
        Optional.empty(),
        "No web proxy: " + why,
        List.of());
  }

  private static WebProxySelection exempted(
      String origin, Exemption exemption, HostAndPort service) {
    return new WebProxySelection(
        Optional.empty(),
        Optional.of(origin),
        Optional.of(exemption),
        "No web proxy: '%s' in %s exempts %s from the web proxy of %s"
            .formatted(
                Printable.of(exemption.entry(), LONGEST_SHOWN),
                exemption.origin(),
                service,
                origin),
        List.of());
  }

  private static WebProxySelection chosen(String value, String origin, List<String> passedOver) {
    try {
      WebProxyUrl url = WebProxyUrl.parse(value, origin);
      return new WebProxySelection(
          Optional.of(url),
          Optional.of(origin),
          Optional.empty(),
          "Web proxy %s, from %s".formatted(url.webProxy(), origin),
          passedOver);
    } catch (ConfigurationException e) {
      if (!FOR_ALL_SCHEMES.contains(origin) || WebProxyUrl.hasOurScheme(value)) {
        throw e;
      }
      // Set for programs that use another kind of proxy; nobody has promised us that it is ours.
      return new WebProxySelection(
          Optional.empty(),
          Optional.of(origin),
          Optional.empty(),
          "No web proxy: that of %s is of another kind".formatted(origin),
          List.of(e.getMessage() + " Connecting directly."));
    }
  }

  /** What the first of {@code variables} that is set says. */
  static Optional<Said> first(
      List<String> variables, Function<String, Optional<String>> environment) {
    return variables.stream()
        .flatMap(name -> environment.apply(name).map(value -> new Said(value, name)).stream())
        .findFirst();
  }
}
