package io.iottunnel.domain;

import java.util.regex.Pattern;

/** Finds the address of the secure tunneling service, from a region or as the user gives it. */
public final class ProxyEndpoint {

  private static final int PORT = 443;
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");

  private ProxyEndpoint() {}

  /**
   * The service of an AWS region.
   *
   * @param region such as {@code eu-west-1}
   * @param origin where the value came from, for the error
   * @throws ConfigurationException if this cannot be a region
   */
  public static HostAndPort ofRegion(String region, String origin) {
    if (!REGION.matcher(region).matches()) {
      throw new ConfigurationException(
          "%s: '%s' is not a region. A region has lower-case letters, digits and hyphens, as eu-west-1."
              .formatted(origin, Printable.of(region, 80)));
    }
    String partition = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    return new HostAndPort("data.tunneling.iot." + region + "." + partition, PORT);
  }

  /**
   * The service at {@code HOST[:PORT]}, with port 443 where none is given.
   *
   * @param origin where the value came from, for the error
   * @throws ConfigurationException if this is not a host and port
   */
  public static HostAndPort parse(String text, String origin) {
    try {
      HostAndPort endpoint = Authority.parse(text).withPortOr(PORT);
      if (endpoint.port() == 0) {
        throw new IllegalArgumentException("the port must be a number from 1 to 65535");
      }
      return endpoint;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "%s: '%s' is not HOST or HOST:PORT: %s."
              .formatted(origin, Printable.of(text, 200), e.getMessage()),
          e);
    }
  }
}
