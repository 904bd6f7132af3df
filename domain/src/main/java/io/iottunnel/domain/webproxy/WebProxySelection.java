package io.iottunnel.domain.webproxy;

import io.iottunnel.domain.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which web proxy is used, and why: the first place that says something wins.
 *
 * @param url the web proxy; empty for a direct connection
 * @param reason which place won and what it said, without secrets, for a log line
 */
public record WebProxySelection(Optional<WebProxyUrl> url, String reason) {

  /** The environment variables that are looked at, the strongest first. */
  public static final List<String> VARIABLES = List.of("https_proxy", "HTTPS_PROXY");

  /**
   * Chooses from the environment. White space and carriage returns around a value are dropped; a
   * variable that is set and empty says "none", so that a stronger empty one hides a weaker one.
   *
   * @param environment the value of a variable, by its name
   * @throws ConfigurationException if the variable that wins cannot be used
   */
  public static WebProxySelection from(Function<String, Optional<String>> environment) {
    for (String variable : VARIABLES) {
      Optional<String> value = environment.apply(variable).map(String::strip);
      if (value.isPresent()) {
        return from(variable, value.get());
      }
    }
    return new WebProxySelection(
        Optional.empty(),
        "No web proxy: none of %s is set".formatted(String.join(", ", VARIABLES)));
  }

  /** What the user should know before the web proxy is used, without secrets. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    url.filter(WebProxyUrl::portAssumed)
        .ifPresent(
            chosen ->
                warnings.add(
                    "No port is given for the web proxy; assuming %d: %s"
                        .formatted(WebProxyUrl.ASSUMED_PORT, chosen.webProxy())));
    url.map(WebProxyUrl::webProxy)
        .filter(proxy -> proxy.scheme() == WebProxy.Scheme.HTTP && proxy.credentials().isPresent())
        .ifPresent(
            proxy ->
                warnings.add(
                    "The password for the web proxy travels unencrypted to %s; use https:// if it can"
                        .formatted(proxy.address())));
    return List.copyOf(warnings);
  }

  private static WebProxySelection from(String variable, String value) {
    if (value.isEmpty()) {
      return new WebProxySelection(
          Optional.empty(), "No web proxy: %s is set and empty".formatted(variable));
    }
    WebProxyUrl url = WebProxyUrl.parse(value, variable);
    return new WebProxySelection(
        Optional.of(url), "Web proxy %s, from %s".formatted(url.webProxy(), variable));
  }
}
