package io.iottunnel.domain;

/**
 * Where local bytes go or come from: a TCP address, a Unix domain socket, or the standard input and
 * output of the process.
 */
public sealed interface Endpoint {

  /**
   * Calls the one case that applies; a new kind of endpoint breaks every caller at compile time.
   */
  <R> R match(Cases<R> cases);

  /** One method for each kind of endpoint. */
  interface Cases<R> {
    R tcp(Tcp endpoint);

    R unix(Unix endpoint);

    R stdio(Stdio endpoint);
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

  /**
   * Standard input and output: the one client of a source, which is there from the beginning and
   * never comes again.
   */
  record Stdio() implements Endpoint {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stdio(this);
    }

    @Override
    public String toString() {
      return "standard input and output";
    }
  }

  /** A TCP endpoint of this host and port. */
  static Endpoint tcp(String host, int port) {
    return new Tcp(new HostAndPort(host, port));
  }
}
