package io.iottunnel.domain;

/** Where local bytes go or come from: a TCP address or a Unix domain socket. */
public sealed interface Endpoint {

  /**
   * Calls the one case that applies; a new kind of endpoint breaks every caller at compile time.
   */
  <R> R match(Cases<R> cases);

  /** One method for each kind of endpoint. */
  interface Cases<R> {
    R tcp(Tcp endpoint);

    R unix(Unix endpoint);
  }

  /** A TCP address. */
  record Tcp(HostAndPort address) implements Endpoint {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.tcp(this);
    }

    @Override
    public String toString() {
      return address.toString();
    }
  }

  /** A Unix domain socket, by its path. */
  record Unix(String path) implements Endpoint {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unix(this);
    }

    @Override
    public String toString() {
      return path;
    }
  }

  /** A TCP endpoint of this host and port. */
  static Endpoint tcp(String host, int port) {
    return new Tcp(new HostAndPort(host, port));
  }
}
