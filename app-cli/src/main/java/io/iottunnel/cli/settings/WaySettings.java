package io.iottunnel.cli.settings;

import io.iottunnel.domain.HostAndPort;

/**
 * How the service is reached.
 *
 * @param service where the tunneling service listens
 * @param connectWith which library speaks with the web proxy
 */
public record WaySettings(
    HostAndPort service,
    WebProxySettings webProxy,
    TrustSettings trust,
    ConnectLibrary connectWith) {}
