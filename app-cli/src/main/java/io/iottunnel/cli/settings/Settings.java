package io.iottunnel.cli.settings;

import io.iottunnel.domain.AccessToken;
import io.iottunnel.domain.ClientToken;
import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceMapping;
import io.iottunnel.domain.webproxy.WebProxySelection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the user wants, validated.
 *
 * @param service where the tunneling service listens
 * @param mapping the endpoints of the services here; may be empty
 * @param dialect what a source speaks
 * @param bindAddress the local address that was asked for, without brackets
 * @param trusted certificates to trust beyond the system's
 * @param verifyPeers whether the certificates of the service and the web proxy are checked
 * @param verbosity 0 to 255, as {@link io.iottunnel.engine.LogLevel#verbosity} counts
 * @param warnings what the user should know, without secrets
 */
public record Settings(
    Mode mode,
    HostAndPort service,
    ServiceMapping mapping,
    AccessToken accessToken,
    Optional<ClientToken> clientToken,
    Dialect dialect,
    Optional<String> bindAddress,
    Optional<Path> trusted,
    boolean verifyPeers,
    int verbosity,
    WebProxySelection webProxy,
    List<String> warnings) {}
