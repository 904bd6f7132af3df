package io.iottunnel.engine;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.tunnel.Message;
import io.iottunnel.domain.tunnel.WireLimits;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.DirectDialer;
import io.iottunnel.ports.LocalClients;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.ports.SessionEnd;
import io.iottunnel.ports.SessionListener;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.TunnelTransport;
import io.iottunnel.ports.UpgradeRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** All ports at once, in memory, on the test's thread. */
final class FakeWorld implements DirectDialer, TunnelTransport, LocalSockets {

  final List<String> dialed = new ArrayList<>();
  final List<UpgradeRequest> upgrades = new ArrayList<>();
  final List<FakeSession> sessions = new ArrayList<>();
  final Map<Endpoint, FakeListener> listeners = new LinkedHashMap<>();
  final List<CompletableFuture<Connected>> connects = new ArrayList<>();

  private final List<SessionListener> sessionListeners = new ArrayList<>();
  private final List<CompletableFuture<TunnelSession>> openings = new ArrayList<>();
  private CompletableFuture<ByteStream> way = CompletableFuture.completedFuture(new FakeStream());
  private boolean answersAtOnce = true;

  /** The next dials fail like this. */
  void isUnreachable(RuntimeException reason) {
    way = CompletableFuture.failedFuture(reason);
  }

  /** Dials succeed again. */
  void isReachable() {
    way = CompletableFuture.completedFuture(new FakeStream());
  }

  /** Upgrades stay unanswered until {@link #answers}. */
  void keepsSilent() {
    answersAtOnce = false;
  }

  /** The last upgrade gets its answer. */
  FakeSession answers() {
    FakeSession session = new FakeSession().takingAtOnce();
    sessions.add(session);
    openings.get(openings.size() - 1).complete(session);
    return session;
  }

  /** The upgrade under way. */
  CompletableFuture<TunnelSession> opening() {
    return openings.get(openings.size() - 1);
  }

  FakeSession session() {
    return sessions.get(sessions.size() - 1);
  }

  SessionListener service() {
    return sessionListeners.get(sessionListeners.size() - 1);
  }

  /** The service sends messages in one frame. */
  void sends(io.iottunnel.testkit.wire.Message... messages) {
    ByteBuffer frame = ByteBuffer.allocate(1 << 17);
    for (io.iottunnel.testkit.wire.Message message : messages) {
      frame.put(message.encode());
    }
    service().frame(frame.flip());
  }

  /** The service greets with these services. */
  void greets(String... services) {
    sends(io.iottunnel.testkit.wire.Message.serviceIds(List.of(services)));
  }

  /** The session breaks. */
  void breaks() {
    service().ended(new SessionEnd.Broken("the connection was reset"));
  }

  /** What the client has sent in the last session, as text. */
  List<String> received() throws NonsenseException {
    List<String> messages = new ArrayList<>();
    MessageReader reader = new MessageReader(WireLimits.DEFAULTS.message());
    for (ByteBuffer frame : session().sent()) {
      reader.read(frame.duplicate(), message -> messages.add(text(message)));
    }
    return messages;
  }

  private static String text(Message message) {
    return message instanceof Message.Data data
        ? "Data "
            + data.service()
            + "/"
            + data.stream()
            + "#"
            + data.connection()
            + " "
            + data.payload().remaining()
            + " B"
        : message.toString();
  }

  /** A client connects to the listener of the only service. */
  FakeStream clientConnects() {
    FakeStream client = new FakeStream();
    listeners.values().iterator().next().onClient.accept(client);
    return client;
  }

  /** The application accepts the last connection. */
  FakeStream applicationAccepts() {
    FakeStream application = new FakeStream();
    connects
        .get(connects.size() - 1)
        .complete(new Connected(application, new Address("127.0.0.1", 22)));
    return application;
  }

  void applicationRefuses(LocalProxyException reason) {
    connects.get(connects.size() - 1).completeExceptionally(reason);
  }

  @Override
  public CompletableFuture<ByteStream> dial(HostAndPort service, DialObserver observer) {
    dialed.add(service.toString());
    return way;
  }

  @Override
  public CompletableFuture<TunnelSession> open(
      ByteStream stream, UpgradeRequest request, SessionListener listener) {
    upgrades.add(request);
    sessionListeners.add(listener);
    openings.add(new CompletableFuture<>());
    if (answersAtOnce) {
      answers();
    }
    return opening();
  }

  @Override
  public CompletableFuture<LocalListener> listen(Endpoint endpoint, LocalClients onClient) {
    FakeListener listener = new FakeListener(onClient);
    listeners.put(endpoint, listener);
    return CompletableFuture.completedFuture(listener);
  }

  @Override
  public CompletableFuture<Connected> connect(Endpoint endpoint) {
    connects.add(new CompletableFuture<>());
    return connects.get(connects.size() - 1);
  }

  @Override
  public void close() {}

  static final class FakeListener implements LocalListener {
    final LocalClients onClient;
    String state = "listening";

    FakeListener(LocalClients onClient) {
      this.onClient = onClient;
    }

    @Override
    public LocalSockets.Address address() {
      return new LocalSockets.Address("127.0.0.1", 5555);
    }

    @Override
    public void pause() {
      state = "paused";
    }

    @Override
    public void resume() {
      state = "listening";
    }

    @Override
    public void close() {
      state = "closed";
    }
  }
}
