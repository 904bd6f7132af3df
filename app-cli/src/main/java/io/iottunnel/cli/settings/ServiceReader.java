package io.iottunnel.cli.settings;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.ProxyEndpoint;

/** Reads where the tunneling service is. */
final class ServiceReader {

  private static final String NOT_ONE =
      "Must specify one and only one of --region/-r or --proxy-endpoint/-e options";

  private ServiceReader() {}

  static HostAndPort read(Layers layers) {
    Layer layer =
        layers
            .strongestWith(Option.REGION, Option.PROXY_ENDPOINT)
            .filter(said -> said.says(Option.REGION) != said.says(Option.PROXY_ENDPOINT))
            .orElseThrow(() -> new ConfigurationException(NOT_ONE));
    return layer
        .find(Option.REGION)
        .map(region -> ProxyEndpoint.ofRegion(region.value(), region.origin()))
        .or(
            () ->
                layer
                    .find(Option.PROXY_ENDPOINT)
                    .map(endpoint -> ProxyEndpoint.parse(endpoint.value(), endpoint.origin())))
        .orElseThrow();
  }
}
