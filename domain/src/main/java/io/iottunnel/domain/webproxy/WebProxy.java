package io.iottunnel.domain.webproxy;

import io.iottunnel.domain.HostAndPort;
import java.util.Optional;

/**
 * A corporate web proxy that tunnels TCP by HTTP CONNECT.
 *
 * @param scheme how to speak to it: in the clear or over TLS
 * @param address where it listens; its port is never 0
 * @param credentials what to authenticate with
 */
public record WebProxy(Scheme scheme, HostAndPort address, Optional<Credentials> credentials) {

  /** How to speak to a web proxy. */
  public enum Scheme {
    /** HTTP in the clear. */
    HTTP("http"),
    /** HTTP over TLS. */
    HTTPS("https");

    private final String text;

    Scheme(String text) {
      this.text = text;
    }

    /** The scheme as URLs write it. */
    public String text() {
      return text;
    }
  }

  /** The URL with the password masked. */
  @Override
  public String toString() {
    return scheme.text() + "://" + credentials.map(c -> c.user() + ":***@").orElse("") + address;
  }
}
