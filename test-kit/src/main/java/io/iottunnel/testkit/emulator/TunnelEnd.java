package io.iottunnel.testkit.emulator;

import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.websocket.RequestHead;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageStream.Piece;
import io.iottunnel.testkit.wire.MessageType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One end of a tunnel as the service sees it: its access token, the session that is up, if one is,
 * what the client sent, and everything that the service can do to it. It outlives sessions.
 *
 * <p>Thread-safe. Methods that await something throw {@link AssertionError} when it does not come
 * within the emulator's limit; those that act on a session throw {@link IllegalStateException} when
 * none is up.
 */
public final class TunnelEnd {

  /** How to end a TCP connection. */
  public enum Cut {
    /** In order, as far as TCP goes: the other side reads an end of file. */
    FIN,
    /** With a TCP reset, as routers and firewalls do it. */
    RST
  }

  private final Tunnel tunnel;
  private final Mode mode;
  private final Signal signal;
  private final Behaviour behaviour;
  private final StreamIds streamIds = new StreamIds();
  private final MessageLog log = new MessageLog();
  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicInteger pings = new AtomicInteger();
  private final AtomicInteger undelivered = new AtomicInteger();
  private final Set<ByteBuffer> pongs = ConcurrentHashMap.newKeySet();

  // Guarded by this.
  private String token;
  private boolean spent;
  private Optional<String> clientToken = Optional.empty();
  private @Nullable Session session;
  private boolean ready;
  private boolean reading = true;

  TunnelEnd(Tunnel tunnel, Mode mode, String token, Signal signal, Behaviour behaviour) {
    this.tunnel = tunnel;
    this.mode = mode;
    this.token = token;
    this.signal = signal;
    this.behaviour = behaviour;
  }

  /** Which end this is. */
  public Mode mode() {
    return mode;
  }

  /** The access token that admits a client to this end now. */
  public synchronized String token() {
    return token;
  }

  // What the client did.

  /** Whether a session is up and has got its SERVICE_IDS, so that the other end is heard. */
  public synchronized boolean isConnected() {
    return session != null && ready;
  }

  /** How many sessions there have been. */
  public int sessions() {
    return sessions.get();
  }

  /** How many pings the client has sent. */
  public int pings() {
    return pings.get();
  }

  /** How many messages the client has sent. */
  public long messageCount() {
    return log.count();
  }

  /** How many bytes of payload the client has sent. */
  public long payloadBytes() {
    return log.payloadBytes();
  }

  /** How many messages of the other end were dropped because no session was up here. */
  public int undelivered() {
    return undelivered.get();
  }

  /** The first 20,000 messages that the client has sent, over all sessions, in order. */
  public List<SeenMessage> messages() {
    return log.all();
  }

  /** Waits until a session is up and has got its SERVICE_IDS. */
  public void awaitSession() {
    await("session", () -> isConnected());
  }

  /** Waits until there have been {@code count} sessions, and the last one is up. */
  public void awaitSessions(int count) {
    await(
        "session number " + count + " (there were " + sessions() + ")",
        () -> sessions() >= count && isConnected());
  }

  /** Waits until no session is up. */
  public void awaitNoSession() {
    await("end of the session", () -> !hasSession());
  }

  /** Waits until the client has sent {@code count} pings. */
  public void awaitPings(int count) {
    await("ping number " + count, () -> pings() >= count);
  }

  /** Waits until the client has answered a ping with this payload. */
  public void awaitPong(byte[] payload) {
    await("pong", () -> pongs.contains(ByteBuffer.wrap(payload)));
  }

  /** Waits for a message, which may have come already. */
  public SeenMessage awaitMessage(String what, Predicate<SeenMessage> wanted) {
    MessageLog.Search search = log.search(wanted);
    return signal.await(what + " from " + this, search::look);
  }

  /** Waits for a message of this type, which may have come already. */
  public SeenMessage awaitMessage(MessageType type) {
    return awaitMessage(type.name(), seen -> seen.message().is(type));
  }

  private void await(String what, BooleanSupplier condition) {
    signal.await(
        what + " at " + this,
        () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  // What the service does.

  /** Sends messages of the service's own making, each in a frame. */
  public void send(Message... messages) {
    act(up -> up.send(List.of(messages)));
    if (List.of(messages).stream().anyMatch(m -> m.is(MessageType.SERVICE_IDS))) {
      becomeReady();
    }
  }

  /** Sends SERVICE_IDS with the tunnel's services: late, where they were withheld, or again. */
  public void sendServiceIds() {
    send(Message.serviceIds(List.copyOf(tunnel.services())));
  }

  /** Sends bytes in binary frames, whatever they say. */
  public void sendBytes(byte[] bytes) {
    act(up -> up.sendBytes(bytes));
  }

  /** Sends a frame as it is, lawful or not. */
  public void sendFrame(Frame frame) {
    act(up -> up.send(frame));
  }

  /** Sends a ping, which the client must answer exactly once. */
  public void ping(byte[] payload) {
    sendFrame(Frame.of(Frame.PING, payload));
  }

  /** Closes the WebSocket, and reads on until the client has answered. */
  public void close(int code, String reason) {
    act(up -> up.close(code, reason));
  }

  /** Ends the TCP connection now, without a word of WebSocket or TLS. */
  public void cut(Cut how) {
    act(
        up -> {
          switch (how) {
            case FIN -> up.connection().finish();
            case RST -> up.connection().cut(true);
          }
        });
  }

  /** Sends nothing more in this session, pongs included, but reads on. */
  public void goSilent() {
    act(Session::goSilent);
  }

  /** Reads no further behind the frame that is being read, in this session and those to come. */
  public synchronized void stopReading() {
    reading = false;
  }

  /** Reads again. */
  public void resumeReading() {
    synchronized (this) {
      reading = true;
      notifyAll();
    }
  }

  /** Tells the judge that the process behind this end was replaced: its stream ids start anew. */
  public void expectNewProcess() {
    streamIds.forget();
  }

  private void act(Action action) {
    Session up;
    synchronized (this) {
      if (session == null) {
        throw new IllegalStateException("no session is up at " + this);
      }
      up = session;
    }
    try {
      action.on(up);
    } catch (IOException e) {
      throw new IllegalStateException("the session broke at " + this, e);
    }
  }

  /** Something done to a session. */
  private interface Action {
    void on(Session session) throws IOException;
  }

  // For the emulator and the sessions.

  Tunnel tunnel() {
    return tunnel;
  }

  TunnelEnd peer() {
    return tunnel.end(mode == Mode.SOURCE ? Mode.DESTINATION : Mode.SOURCE);
  }

  StreamIds streamIds() {
    return streamIds;
  }

  synchronized boolean hasSession() {
    return session != null;
  }

  /** Looks at the tokens of a request for this end. Returns the reason to refuse it, if any. */
  synchronized Optional<String> admit(RequestHead request, Consumer<String> changed) {
    Optional<String> shown = request.value("client-token");
    boolean sameAsFirst = clientToken.isPresent() && clientToken.equals(shown);
    if (clientToken.isPresent() && shown.isPresent() && !sameAsFirst) {
      changed.accept("another one than on the first attempt");
    }
    if (spent && !sameAsFirst) {
      return Optional.of(
          "Invalid access token: The access token was previously used and can not be used again.");
    }
    spent = true;
    clientToken = shown;
    streamIds.begin(shown);
    return Optional.empty();
  }

  /** A session begins; an older one, that the client has given up, is cut. */
  void begins(Session next) {
    synchronized (this) {
      if (session != null) {
        session.connection().cut(false);
      }
      session = next;
      ready = false;
    }
    sessions.incrementAndGet();
    signal.changed();
  }

  /** The session has got its SERVICE_IDS, or needs none. */
  void becomeReady() {
    synchronized (this) {
      ready = true;
    }
    signal.changed();
  }

  void ended(Session over) {
    synchronized (this) {
      if (session == over) {
        session = null;
        ready = false;
      }
    }
    signal.changed();
  }

  /** Waits while reading is stopped. */
  synchronized boolean mayRead() {
    try {
      while (!reading && session != null) {
        wait();
      }
      return session != null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  boolean mayPong() {
    return !behaviour.pongsOnlyWithSource() || tunnel.end(Mode.SOURCE).isConnected();
  }

  void pinged() {
    pings.incrementAndGet();
    signal.changed();
  }

  void ponged(byte[] payload) {
    pongs.add(ByteBuffer.wrap(payload));
    signal.changed();
  }

  void saw(Message message) {
    log.add(SeenMessage.of(message));
    signal.changed();
  }

  /** Hands on what the other end sent; without a session that is ready, it is lost. */
  void relay(List<Piece> pieces) {
    Session up;
    synchronized (this) {
      if (session == null || !ready) {
        undelivered.addAndGet(pieces.size());
        return;
      }
      up = session;
    }
    try {
      up.relay(pieces);
    } catch (IOException e) {
      // This end's connection broke, which its own reader finds out; the sender is not to blame.
      up.connection().cut(false);
    }
  }

  /** Replaces the access token; the old one is void, and its session is over. */
  void rotate(String newToken) {
    Optional<Session> up;
    synchronized (this) {
      token = newToken;
      spent = false;
      clientToken = Optional.empty();
      up = Optional.ofNullable(session);
    }
    streamIds.forget();
    up.ifPresent(old -> old.close(1012, "Token is revoked"));
  }

  /** Closes the session that is up, if one is. */
  void closeSession(int code, String reason) {
    Optional<Session> up;
    synchronized (this) {
      up = Optional.ofNullable(session);
    }
    up.ifPresent(old -> old.close(code, reason));
  }

  @Override
  public String toString() {
    return mode.wireName() + " of " + tunnel;
  }
}
