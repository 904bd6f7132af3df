package io.iottunnel.cli.settings;

import io.iottunnel.domain.webproxy.WebProxySelection;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The web proxy and what is special about it.
 *
 * @param selection which one, if any
 * @param trusted certificates to trust at it alone
 * @param certificate what to show it when it asks who we are
 */
public record WebProxySettings(
    WebProxySelection selection, Optional<Path> trusted, Optional<ClientCertificate> certificate) {

  /**
   * A client certificate.
   *
   * @param certificate the file of the certificate, PEM
   * @param key the file of its private key, PEM
   */
  public record ClientCertificate(Path certificate, Path key) {}
}
