package io.iottunnel.domain;

/** Reads the address of the tunneling service as the user gives it. */
public final class ProxyEndpoint {

  static final int PORT = 443;

  private ProxyEndpoint() {}

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
