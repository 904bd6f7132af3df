package io.iottunnel.domain.webproxy;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.http.Secrets;
import java.util.List;
import java.util.Optional;

/**
 * A corporate web proxy that tunnels TCP by HTTP CONNECT.
 *
 * @param scheme how to speak to it: in the clear or over TLS
 * @param address where it listens; its port is never 0
 * @param credentials what to authenticate with
 * @param authentication how to authenticate; by Negotiate that takes no credentials from here
 */
public record WebProxy(
    Scheme scheme,
    HostAndPort address,
    Optional<Credentials> credentials,
    Authentication authentication) {

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

  /** A web proxy with which to authenticate as it offers ({@link Authentication#AUTO}). */
  public WebProxy(Scheme scheme, HostAndPort address, Optional<Credentials> credentials) {
    this(scheme, address, credentials, Authentication.AUTO);
  }

  /** This web proxy with other credentials. */
  public WebProxy withCredentials(Credentials other) {
    return new WebProxy(scheme, address, Optional.of(other), authentication);
  }

  /** This web proxy with another way to authenticate. */
  public WebProxy withAuthentication(Authentication other) {
    return new WebProxy(scheme, address, credentials, other);
  }

  /** The password, if any, in the forms in which it travels. */
  public Secrets secrets() {
    return credentials.map(Credentials::secrets).orElseGet(() -> Secrets.of(List.of()));
  }

  /** The URL with the password masked. */
  @Override
  public String toString() {
    return scheme.text() + "://" + credentials.map(c -> c.user() + ":***@").orElse("") + address;
  }
}
