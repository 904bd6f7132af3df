package io.iottunnel.testkit.load;

import io.iottunnel.domain.Endpoint;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** What destinations connect to: one server for all services, each connection on its thread. */
final class Applications implements AutoCloseable {

  private static final int BACKLOG = 500;

  private final ServerSocket listening;
  private final Ledger ledger;
  private final Side side;
  private final AtomicInteger open = new AtomicInteger();

  Applications(Ledger ledger, Side side, ExecutorService threads) {
    this.ledger = ledger;
    this.side = side;
    try {
      listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(() -> acceptAll(threads));
  }

  Endpoint endpoint() {
    return Endpoint.tcp("127.0.0.1", listening.getLocalPort());
  }

  /** How many connections are open. */
  int open() {
    return open.get();
  }

  private void acceptAll(ExecutorService threads) {
    while (true) {
      try {
        Socket tcp = listening.accept();
        open.incrementAndGet();
        threads.execute(() -> serve(tcp));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          ledger.mistake("accepting", e);
        }
        return;
      }
    }
  }

  private void serve(Socket tcp) {
    try (tcp) {
      tcp.setSoTimeout(Line.LIMIT_MILLIS);
      // Unbuffered, so that nothing is taken that belongs to the talk.
      Optional<Talk> talk = ledger.find(new DataInputStream(tcp.getInputStream()).readInt());
      if (talk.isPresent()) {
        serve(tcp, talk.get());
      } else {
        ledger.count("given up by its client before");
      }
    } catch (SocketTimeoutException | AssertionError e) {
      ledger.mistake("an application", e);
    } catch (IOException e) {
      ledger.count("broken before it was known");
    } finally {
      open.decrementAndGet();
    }
  }

  private void serve(Socket tcp, Talk talk) throws IOException {
    talk.begun().complete(true);
    try (Line line = new Line(tcp, talk.slow())) {
      side.application(line, talk);
      talk.heard().complete(true);
    } catch (SocketTimeoutException | AssertionError e) {
      ledger.mistake("the application in " + talk, e);
    } catch (IOException e) {
      talk.heard().completeExceptionally(e);
    } finally {
      talk.heard().complete(false);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
