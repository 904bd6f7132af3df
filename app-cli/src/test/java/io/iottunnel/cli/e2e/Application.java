package io.iottunnel.cli.e2e;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** What a destination connects to: a TCP server on loopback, with one thread a connection. */
final class Application implements AutoCloseable {

  /** What it does with one connection, which is closed behind it. */
  interface Conversation {
    void with(Peer destination) throws IOException;
  }

  private final ServerSocket listening;
  private final Conversation conversation;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<CompletableFuture<Boolean>> conversations =
      new LinkedBlockingQueue<>();
  private final CompletableFuture<Boolean> accepting;

  private Application(ServerSocket listening, Conversation conversation) {
    this.listening = listening;
    this.conversation = conversation;
    this.accepting = Background.start(this::acceptAll);
  }

  static Application that(Conversation conversation) {
    return at(0, conversation);
  }

  private static Application at(int port, Conversation conversation) {
    try {
      return new Application(
          new ServerSocket(port, 500, InetAddress.getLoopbackAddress()), conversation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends back what it gets, until the destination has finished. */
  static Application echo() {
    return echoAt(0);
  }

  /** The same at a port. */
  static Application echoAt(int port) {
    return at(port, destination -> destination.in().transferTo(destination.out()));
  }

  Endpoint endpoint() {
    return Endpoint.tcp("127.0.0.1", listening.getLocalPort());
  }

  /** Waits for the end of the next conversation, in the order of their beginnings. */
  void awaitConversation() {
    Deadline.get(
        Deadline.next(conversations, "a connection to the application"),
        "the application's conversation");
  }

  private boolean acceptAll() throws IOException {
    while (!listening.isClosed()) {
      Socket client;
      try {
        client = listening.accept();
      } catch (IOException e) {
        if (listening.isClosed()) {
          break;
        }
        throw e;
      }
      open.add(client);
      conversations.add(Background.start(() -> serve(client)));
    }
    return true;
  }

  private boolean serve(Socket client) throws IOException {
    try (client) {
      conversation.with(Peer.of(client));
      return true;
    } finally {
      open.remove(client);
    }
  }

  /** Ends every connection. */
  @Override
  public void close() {
    try {
      listening.close();
      for (Socket client : open) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Deadline.get(accepting, "the end of accepting");
  }
}
