package io.iottunnel.cli.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whom TLS trusts, on both hops.
 *
 * @param trusted certificates to trust beyond the system's: a directory or a file
 * @param verifyPeers whether the certificates of the service and the web proxy are checked
 */
public record TrustSettings(Optional<Path> trusted, boolean verifyPeers) {}
