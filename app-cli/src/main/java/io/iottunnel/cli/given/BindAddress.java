package io.iottunnel.cli.given;

import io.iottunnel.domain.Authority;
import java.util.Optional;

/** A local address as users write it: an IP address, with or without brackets, or a host's name. */
public final class BindAddress {

  /** What to say where it is something else. */
  public static final String EXPECTED = "a local IP address or host name is expected, without port";

  private BindAddress() {}

  /** The address without brackets; empty where {@code text} is none. */
  public static Optional<String> of(String text) {
    try {
      Authority address = Authority.parse(text.indexOf(':') < 0 ? text : bracketed(text));
      return Optional.of(address).filter(it -> it.port().isEmpty()).map(Authority::host);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String bracketed(String ipv6) {
    return ipv6.startsWith("[") ? ipv6 : "[" + ipv6 + "]";
  }
}
