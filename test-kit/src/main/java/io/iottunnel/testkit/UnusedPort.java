package io.iottunnel.testkit;

import io.iottunnel.domain.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP port that refuses every connection, at each address of this machine. It is bound and not
 * listened on: so, other than one that was merely free a moment ago, nobody else gets it meanwhile.
 */
public final class UnusedPort implements AutoCloseable {

  private static final int GLANCE_MILLIS = 100;

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

  /**
   * Waits until nobody listens at {@code address} any more. A process that is being started beside
   * the test may hold a copy of a listening socket for a moment: until it runs its own program.
   */
  public static void awaitRefusal(InetSocketAddress address) {
    long end = System.nanoTime() + Deadline.limit().toNanos();
    while (isListenedAt(address)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("somebody still listens at " + address);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(GLANCE_MILLIS));
    }
  }

  private static boolean isListenedAt(InetSocketAddress address) {
    try (Socket client = new Socket()) {
      client.connect(address, GLANCE_MILLIS);
      return true;
    } catch (SocketTimeoutException e) {
      return true; // more clients wait than fit
    } catch (ConnectException e) {
      return false;
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
