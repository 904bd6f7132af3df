package io.iottunnel.cli.settings;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.ProxyEndpoint;
import io.iottunnel.domain.RegionalEndpoints;

/** Reads where the tunneling service is. */
final class ServiceReader {

  private static final String NOT_ONE =
      "Must specify one and only one of --region/-r or --proxy-endpoint/-e options";

  private ServiceReader() {}

  static HostAndPort read(Layers layers, RegionalEndpoints endpoints) {
    Layer layer =
        layers
            .strongestWith(Option.REGION, Option.PROXY_ENDPOINT)
            .filter(said -> said.says(Option.REGION) != said.says(Option.PROXY_ENDPOINT))
            .orElseThrow(() -> new ConfigurationException(NOT_ONE));
    return layer
        .find(Option.REGION)
        .map(region -> endpoints.of(region.value(), region.origin()))
        .or(
            () ->
                layer
                    .find(Option.PROXY_ENDPOINT)
                    .map(endpoint -> ProxyEndpoint.parse(endpoint.value(), endpoint.origin())))
        .orElseThrow();
  }
}
