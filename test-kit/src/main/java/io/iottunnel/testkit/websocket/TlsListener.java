package io.iottunnel.testkit.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * Listens on loopback, accepts TLS, and gives each connection a daemon thread of its own, which is
 * simple and fast enough for the few connections of a test.
 */
public final class TlsListener implements AutoCloseable {

  /** Serves one connection, on its own thread. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Called when TLS is up. When it returns, the connection stays as it is until someone ends it;
     * when it throws, the connection is closed.
     */
    void serve(ServerConnection connection) throws IOException, InterruptedException;
  }

  private final String name;
  private final SSLContext tls;
  private final Handler handler;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /**
   * Those that were handed over and are open. Up to JDK 17 an {@code SSLSocket} that nobody holds
   * closes itself when the garbage collector finds it.
   */
  private final Set<ServerConnection> held = ConcurrentHashMap.newKeySet();

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  /**
   * Starts listening.
   *
   * @param name of the threads
   * @param port 0 for any free one
   * @param chop how to cut what is sent, beneath TLS
   */
  public TlsListener(String name, SSLContext tls, int port, Chop chop, Handler handler) {
    this.name = name;
    this.tls = tls;
    this.handler = handler;
    try {
      listener = new ChoppingListener(chop);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on loopback, port " + port, e);
    }
    start(name + "-accept", this::accept);
  }

  /** The port that is listened on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many TCP connections have come so far, TLS or not. */
  public int accepted() {
    return accepted.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.removeIf(Socket::isClosed);
        held.removeIf(ServerConnection::isClosed);
        sockets.add(socket);
        int number = accepted.incrementAndGet();
        if (listener.isClosed()) {
          socket.close();
        }
        start(name + "-" + number, () -> serve(socket));
      } catch (IOException e) {
        // A client that was gone before it was accepted, or a closed listener: the loop looks.
      }
    }
  }

  private void serve(Socket socket) {
    try {
      socket.setTcpNoDelay(true);
      ServerConnection connection = ServerConnection.secure(socket, tls);
      held.add(connection);
      handler.serve(connection);
    } catch (IOException e) {
      // The client went away, or did not like our certificate; its own tests say whether it should.
      closeQuietly(socket);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // A socket that cannot be closed is closed.
    }
  }

  private void start(String threadName, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } finally {
                threads.remove(Thread.currentThread());
              }
            },
            threadName);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Stops listening, cuts every connection, and waits for the threads to end. */
  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      for (Thread thread : threads) {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Accepts sockets that chop. */
  private static final class ChoppingListener extends ServerSocket {
    private final Chop chop;

    ChoppingListener(Chop chop) throws IOException {
      this.chop = chop;
    }

    @Override
    public Socket accept() throws IOException {
      Socket socket = new ChoppingSocket(chop);
      implAccept(socket);
      return socket;
    }
  }
}
