package io.iottunnel.cli.settings;

import io.iottunnel.domain.AccessToken;
import io.iottunnel.domain.ClientToken;
import java.util.Optional;

/**
 * What admits to the tunnel.
 *
 * @param client the user's own client token
 * @param withClientToken whether one is sent at all, made up where the user gave none
 */
public record TokenSettings(
    AccessToken access, Optional<ClientToken> client, boolean withClientToken) {}
