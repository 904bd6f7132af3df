package io.iottunnel.cli.settings;

import java.util.function.Consumer;

/** Reads whom TLS trusts. */
final class TrustReader {

  private static final String NOTHING_VERIFIED =
      """
      *************************************************************************
      *  SECURITY WARNING: --no-ssl-host-verify/-k is given.                  *
      *  No certificate is checked. Anyone on the way can pose as the service *
      *  or as the web proxy, and read the access token. For tests only.      *
      *************************************************************************""";

  private TrustReader() {}

  static TrustSettings read(Layers layers, Consumer<String> warnings) {
    boolean verifyPeers = layers.find(Option.NO_SSL_HOST_VERIFY).isEmpty();
    if (!verifyPeers) {
      warnings.accept(NOTHING_VERIFIED);
    }
    return new TrustSettings(
        layers
            .find(Option.CAPATH)
            .map(given -> given.readable("a readable directory or file of certificates")),
        verifyPeers);
  }
}
