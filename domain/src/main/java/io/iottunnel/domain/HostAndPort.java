package io.iottunnel.domain;

/**
 * A TCP address by name or literal, not yet resolved.
 *
 * @param host a DNS name, an IPv4 literal, or an IPv6 literal without brackets; never empty
 * @param port 0 to 65535, where 0 means "any free port" and only makes sense for listening
 */
public record HostAndPort(String host, int port) {

  public HostAndPort {
    if (host.isEmpty() || port < 0 || port > 65535) {
      throw new IllegalArgumentException("not a host and port: '" + host + "' " + port);
    }
  }

  /**
   * {@code host:port}, an IPv6 literal in brackets: what HTTP calls an authority (RFC 9110 section
   * 7.2).
   */
  @Override
  public String toString() {
    return (isIpv6Literal() ? "[" + host + "]" : host) + ":" + port;
  }

  /** Whether the host is an IPv6 literal. */
  public boolean isIpv6Literal() {
    return host.indexOf(':') >= 0;
  }

  /**
   * Whether the host is an address, not a name. For such a host TLS sends no SNI (RFC 6066 section
   * 3).
   */
  public boolean isIpLiteral() {
    return isIpv6Literal() || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
  }
}
