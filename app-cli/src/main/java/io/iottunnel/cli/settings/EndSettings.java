package io.iottunnel.cli.settings;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceMapping;
import java.util.Optional;

/**
 * Which end of the tunnel this is, and what is at it.
 *
 * @param mapping the endpoints of the services here; may be empty
 * @param mappingOfManyTunnels whether the mapping may name services that this tunnel does not have
 * @param dialect what a source speaks
 * @param bindAddress the local address that was asked for, without brackets
 * @param stdio whether standard input and output are the one client, as the mapping then says
 */
public record EndSettings(
    Mode mode,
    ServiceMapping mapping,
    boolean mappingOfManyTunnels,
    Dialect dialect,
    Optional<String> bindAddress,
    boolean stdio) {}
