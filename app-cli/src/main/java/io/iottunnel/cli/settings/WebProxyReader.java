package io.iottunnel.cli.settings;

import io.iottunnel.cli.given.Given;
import io.iottunnel.cli.given.Surroundings;
import io.iottunnel.cli.settings.WebProxySettings.ClientCertificate;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.webproxy.WebProxySelection;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads which web proxy is used, and what is special about it. */
final class WebProxyReader {

  private WebProxyReader() {}

  static WebProxySettings read(
      Layers layers, Surroundings surroundings, Consumer<String> warnings) {
    WebProxySelection selection = WebProxySelection.from(surroundings.environment());
    selection.warnings().forEach(warnings);
    return new WebProxySettings(
        selection,
        layers
            .find(Option.WEB_PROXY_CA)
            .map(given -> given.readable("a readable directory or file of certificates")),
        certificate(layers));
  }

  static ConnectLibrary connectLibrary(Layers layers) {
    return layers
        .find(Option.CONNECT_WITH)
        .map(WebProxyReader::connectLibrary)
        .orElse(ConnectLibrary.JETTY);
  }

  private static ConnectLibrary connectLibrary(Given given) {
    return switch (given.value()) {
      case "jetty" -> ConnectLibrary.JETTY;
      case "httpclient" -> ConnectLibrary.HTTPCLIENT;
      default -> throw given.refused("jetty or httpclient is expected");
    };
  }

  private static Optional<ClientCertificate> certificate(Layers layers) {
    Optional<Path> certificate =
        layers
            .find(Option.WEB_PROXY_CERT)
            .map(given -> given.readable("a readable file with a certificate"));
    Optional<Path> key =
        layers
            .find(Option.WEB_PROXY_KEY)
            .map(given -> given.readable("a readable file with a private key"));
    if (certificate.isPresent() != key.isPresent()) {
      throw new ConfigurationException(
          "--web-proxy-cert and --web-proxy-key belong together: give both or neither");
    }
    return certificate.flatMap(file -> key.map(itsKey -> new ClientCertificate(file, itsKey)));
  }
}
