package io.iottunnel.testkit.contract;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.contract.ByteStreamRules.Joined;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/** The adapter under test with real sockets around it; closes everything at the end of a test. */
public final class LocalSocketsBench implements AutoCloseable {

  private final Supplier<LocalSockets> factory;
  private final LocalSockets sockets;
  private final Resources resources = new Resources();

  LocalSocketsBench(Supplier<LocalSockets> factory) {
    this.factory = factory;
    this.sockets = another();
  }

  /** The adapter under test. */
  public LocalSockets sockets() {
    return sockets;
  }

  /** One more adapter. */
  LocalSockets another() {
    return closing(factory.get());
  }

  /**
   * A listener of the adapter's.
   *
   * @param listener the listener
   * @param clients the streams that it handed over
   */
  public record Listening(LocalListener listener, BlockingQueue<ByteStream> clients) {

    /** The next stream that is handed over. */
    public ByteStream next() {
      return Deadline.next(clients, "a client handed over");
    }

    /** Where a real client connects to. */
    public InetSocketAddress address() {
      return new InetSocketAddress(listener.address().ip(), listener.address().port());
    }
  }

  /** Listens on a free port of 127.0.0.1. */
  public Listening listen() {
    return listen(Endpoint.tcp("127.0.0.1", 0));
  }

  /** Listens at {@code endpoint}, which must succeed. */
  public Listening listen(Endpoint endpoint) {
    BlockingQueue<ByteStream> clients = new LinkedBlockingQueue<>();
    CompletableFuture<LocalListener> listening = sockets.listen(endpoint, clients::add);
    return new Listening(Deadline.get(listening, "listening at " + endpoint), clients);
  }

  /** A real client of {@code listening}. */
  public Peer client(Listening listening) throws IOException {
    return closing(
        Peer.of(new Socket(listening.address().getAddress(), listening.address().getPort())));
  }

  /** A real client of {@code listening}, and the stream that is handed over for it. */
  public Joined accepted(Listening listening) throws IOException {
    Peer client = client(listening);
    return new Joined(listening.next(), client);
  }

  /** The adapter's connection to a real application. */
  public Joined connected() throws IOException {
    try (ServerSocket application = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      LocalSockets.Connected connected =
          Deadline.get(sockets.connect(endpoint(application)), "connecting to an application");
      return new Joined(connected.stream(), closing(Peer.of(application.accept())));
    }
  }

  /** A real client of a Unix socket of the adapter's, and the stream handed over for it. */
  public Joined acceptedByUnixSocket() throws IOException {
    Path path = unixPath();
    Listening listening = listen(new Endpoint.Unix(path.toString()));
    Peer client = unixClient(path);
    return new Joined(listening.next(), client);
  }

  /** The adapter's connection to a real application at a Unix socket. */
  public Joined connectedByUnixSocket() throws IOException {
    Path path = unixPath();
    try (ServerSocketChannel application = unixServer(path)) {
      LocalSockets.Connected connected =
          Deadline.get(
              sockets.connect(new Endpoint.Unix(path.toString())), "connecting to a Unix socket");
      return new Joined(connected.stream(), closing(Peer.of(application.accept())));
    }
  }

  /** A real client of the Unix socket at {@code path}. */
  public Peer unixClient(Path path) throws IOException {
    return closing(Peer.of(SocketChannel.open(UnixDomainSocketAddress.of(path))));
  }

  /** A real server at the Unix socket {@code path}. */
  public ServerSocketChannel unixServer(Path path) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return closing(server.bind(UnixDomainSocketAddress.of(path)));
  }

  /** A path for a Unix socket: short, as such paths must be, and nothing is there. */
  public Path unixPath() throws IOException {
    Path directory = Files.createTempDirectory("s");
    Path path = directory.resolve("x");
    resources.closing(
        () -> {
          Files.deleteIfExists(path);
          Files.delete(directory);
        });
    return path;
  }

  /** The address of a real server, for the adapter. */
  static Endpoint endpoint(ServerSocket server) {
    return Endpoint.tcp(server.getInetAddress().getHostAddress(), server.getLocalPort());
  }

  /** Closes {@code resource} at the end of the test, the last one first. */
  <T extends AutoCloseable> T closing(T resource) {
    return resources.closing(resource);
  }

  @Override
  public void close() {
    resources.close();
  }
}
