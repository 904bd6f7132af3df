package io.iottunnel.cli.settings;

import io.iottunnel.cli.given.Given;
import io.iottunnel.cli.given.SecretFile;
import io.iottunnel.cli.given.Surroundings;
import io.iottunnel.cli.settings.WebProxySettings.ClientCertificate;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.domain.webproxy.WebProxySelection;
import io.iottunnel.domain.webproxy.WebProxySelection.Said;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads which web proxy is used, and what is special about it. */
final class WebProxyReader {

  private static final String IN_SIGHT =
      "--web-proxy: others on this machine can read the command line; give the password in the"
          + " variable HTTPS_PROXY or by --web-proxy-password-file instead";

  private WebProxyReader() {}

  static WebProxySettings read(
      Layers layers, HostAndPort service, Surroundings surroundings, Consumer<String> warnings) {
    WebProxySelection selection =
        WebProxySelection.of(
            layers.find(Option.WEB_PROXY).map(WebProxyReader::said),
            surroundings.environment(),
            service);
    warnOfItsPlace(layers, selection, warnings);
    Authentication authentication = authentication(layers); // looked at also where none is used
    if (selection.url().isPresent()) {
      selection = withPassword(selection, layers, surroundings, warnings);
      selection = selection.with(proxy -> proxy.withAuthentication(authentication));
    }
    selection.warnings().forEach(warnings);
    return new WebProxySettings(
        selection,
        layers
            .find(Option.WEB_PROXY_CA)
            .map(given -> given.readable("a readable directory or file of certificates")),
        certificate(layers, warnings));
  }

  /** Others may have seen the password in the URL, in the list of processes or in a file. */
  private static void warnOfItsPlace(
      Layers layers, WebProxySelection selection, Consumer<String> warnings) {
    boolean holdsPassword =
        selection
            .url()
            .flatMap(url -> url.webProxy().credentials())
            .filter(credentials -> !credentials.password().isEmpty())
            .isPresent();
    Optional<Given> option = layers.find(Option.WEB_PROXY).filter(given -> holdsPassword);
    option.flatMap(Given::file).flatMap(SecretFile::warning).ifPresent(warnings);
    option.filter(Given::isFromCommandLine).ifPresent(given -> warnings.accept(IN_SIGHT));
  }

  private static Said said(Given given) {
    return new Said(given.value(), given.origin());
  }

  /** The password of the file takes the place of one in the URL, where the user still is. */
  private static WebProxySelection withPassword(
      WebProxySelection selection,
      Layers layers,
      Surroundings surroundings,
      Consumer<String> warnings) {
    Optional<Given> file = layers.find(Option.WEB_PROXY_PASSWORD_FILE);
    if (file.isEmpty()) {
      return selection;
    }
    Given password = SecretFile.read(file.get(), surroundings.in(), warnings);
    return selection.with(
        proxy ->
            proxy.withCredentials(
                new Credentials(user(proxy, selection, password), password.value())));
  }

  private static String user(WebProxy proxy, WebProxySelection selection, Given password) {
    return proxy
        .credentials()
        .map(Credentials::user)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "%s: whose password is it? Name the user in the web proxy's URL (%s): %s://USER@%s"
                        .formatted(
                            password.origin(),
                            selection.origin().orElseThrow(),
                            proxy.scheme().text(),
                            proxy.address())));
  }

  private static Authentication authentication(Layers layers) {
    return layers
        .find(Option.WEB_PROXY_AUTH)
        .map(WebProxyReader::authentication)
        .orElse(Authentication.AUTO);
  }

  private static Authentication authentication(Given given) {
    return Arrays.stream(Authentication.values())
        .filter(choice -> choice.text().equals(given.value()))
        .findFirst()
        .orElseThrow(() -> given.refused("auto, basic, digest or negotiate is expected"));
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

  private static Optional<ClientCertificate> certificate(Layers layers, Consumer<String> warnings) {
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
    key.flatMap(SecretFile::warning).ifPresent(warnings);
    return certificate.flatMap(file -> key.map(itsKey -> new ClientCertificate(file, itsKey)));
  }
}
