package io.iottunnel.testkit;

import io.iottunnel.domain.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A TCP port that refuses every connection, at each address of this machine. It is bound and not
 * listened on: so, other than one that was merely free a moment ago, nobody else gets it meanwhile.
 */
public final class UnusedPort implements AutoCloseable {

  private final Socket bound = new Socket();

  private UnusedPort() throws IOException {
    bound.bind(new InetSocketAddress(0));
  }

  /** Keeps a port unused until this is closed. */
  public static UnusedPort keep() {
    try {
      return new UnusedPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int number() {
    return bound.getLocalPort();
  }

  /** The port at 127.0.0.1. */
  public Endpoint endpoint() {
    return Endpoint.tcp("127.0.0.1", number());
  }

  @Override
  public void close() {
    try {
      bound.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
