package io.iottunnel.testkit.emulator;

import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageStream.Piece;
import io.iottunnel.testkit.wire.MessageType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * One end of a tunnel as the service sees it: its access token, the session that is up, if one is,
 * what the client sent, and everything that the service can do to it. It outlives sessions.
 *
 * <p>Thread-safe. Methods that await something throw {@link AssertionError} when it does not come
 * within the emulator's limit; those that act on a session throw {@link IllegalStateException} when
 * none is up, or it breaks, and may block while the client does not read.
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
  private final Admission admission;
  private final SessionSlot slot;
  private final MessageLog log;
  private final AtomicInteger pings = new AtomicInteger();
  private final AtomicInteger undelivered = new AtomicInteger();
  private final Set<ByteBuffer> pongs = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Optional<Integer>> clientClose =
      new AtomicReference<>(Optional.empty());

  TunnelEnd(Tunnel tunnel, Mode mode, String token, Signal signal, Behaviour behaviour) {
    this.tunnel = tunnel;
    this.mode = mode;
    this.signal = signal;
    this.behaviour = behaviour;
    this.admission = new Admission(token);
    this.slot = new SessionSlot(signal);
    this.log = new MessageLog(behaviour.messagesKept());
  }

  /** Which end this is. */
  public Mode mode() {
    return mode;
  }

  /** The access token that admits a client to this end now. */
  public String token() {
    return admission.token();
  }

  // What the client did.

  /** Whether a session is up and has got its SERVICE_IDS, so that the other end is heard. */
  public boolean isConnected() {
    return slot.ready().isPresent();
  }

  /** How many sessions there have been. */
  public int sessions() {
    return slot.count();
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

  /**
   * The first messages that the client has sent, 20,000 unless the builder says otherwise, over all
   * sessions, in order.
   */
  public List<SeenMessage> messages() {
    return log.all();
  }

  /** Waits until a session is up and has got its SERVICE_IDS. */
  public void awaitSession() {
    await("session", this::isConnected);
  }

  /** Waits until there have been {@code count} sessions, and the last one is up. */
  public void awaitSessions(int count) {
    await("session number " + count, () -> sessions() >= count && isConnected());
  }

  /** Waits until no session is up. */
  public void awaitNoSession() {
    await("end of the session", () -> slot.current().isEmpty());
  }

  /** Waits until the client has closed a session by itself, and returns the last code it gave. */
  public int awaitClose() {
    return signal.await("close frame of " + this, clientClose::get);
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
    act(
        up -> {
          up.output().send(List.of(messages));
          if (Arrays.stream(messages).anyMatch(m -> m.is(MessageType.SERVICE_IDS))) {
            slot.becomeReady(up);
          }
        });
  }

  /** Sends SERVICE_IDS with the tunnel's services: late, where they were withheld, or again. */
  public void sendServiceIds() {
    send(Message.serviceIds(List.copyOf(tunnel.services())));
  }

  /** Sends bytes in binary frames, whatever they say. */
  public void sendBytes(byte[] bytes) {
    act(up -> up.output().sendBytes(bytes));
  }

  /** Sends a frame as it is, lawful or not. */
  public void sendFrame(Frame frame) {
    act(up -> up.output().send(frame));
  }

  /** Sends a ping, which the client must answer exactly once. */
  public void ping(byte[] payload) {
    sendFrame(Frame.of(Frame.PING, payload));
  }

  /** Closes the WebSocket, and reads on until the client has answered. */
  public void close(int code, String reason) {
    act(up -> up.output().close(code, reason));
  }

  /** Ends the TCP connection now, without a word of WebSocket or TLS. */
  public void cut(Cut how) {
    act(up -> cut(up, how));
  }

  /**
   * Ends the TCP connection when {@code bytes} more have been sent to the client, TLS records
   * counted as they travel: so anywhere in a record, a frame, a message.
   */
  public void cutAfterSending(long bytes, Cut how) {
    act(up -> up.connection().cutAfterSending(bytes, () -> cut(up, how)));
  }

  /** Ends the TCP connection when {@code bytes} more have been read of the client. */
  public void cutAfterReceiving(long bytes, Cut how) {
    act(up -> up.connection().cutAfterReceiving(bytes, () -> cut(up, how)));
  }

  private static void cut(Session up, Cut how) {
    switch (how) {
      case FIN -> up.connection().finish();
      case RST -> up.connection().cut(true);
    }
  }

  /** Sends nothing more in this session, pongs included, but reads on. */
  public void goSilent() {
    act(up -> up.output().goSilent());
  }

  /** Reads no further behind the frame that is being read, in this session and those to come. */
  public void stopReading() {
    slot.setReading(false);
  }

  /** Reads again. */
  public void resumeReading() {
    slot.setReading(true);
  }

  /** Tells the judge that the process behind this end was replaced: its stream ids start anew. */
  public void expectNewProcess() {
    admission.streamIds().forget();
  }

  /** Something done to a session. */
  private interface Action {
    void on(Session session) throws IOException;
  }

  private void act(Action action) {
    Session up =
        slot.current().orElseThrow(() -> new IllegalStateException("no session is up at " + this));
    try {
      action.on(up);
    } catch (IOException e) {
      throw new IllegalStateException("the session broke at " + this, e);
    }
  }

  // For the emulator and the sessions.

  Tunnel tunnel() {
    return tunnel;
  }

  TunnelEnd peer() {
    return tunnel.end(mode == Mode.SOURCE ? Mode.DESTINATION : Mode.SOURCE);
  }

  Admission admission() {
    return admission;
  }

  SessionSlot slot() {
    return slot;
  }

  boolean mayPong() {
    return !behaviour.pongsOnlyWithSource() || tunnel.source().isConnected();
  }

  void closedByClient(int code) {
    clientClose.set(Optional.of(code));
    signal.changed();
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
    slot.ready()
        .ifPresentOrElse(up -> relay(up, pieces), () -> undelivered.addAndGet(pieces.size()));
  }

  private static void relay(Session up, List<Piece> pieces) {
    try {
      up.output().relay(pieces);
    } catch (IOException e) {
      // This end's connection broke, which its own reader finds out; the sender is not to blame.
      up.connection().cut(false);
    }
  }

  /** Replaces the access token; the session of the old one is over. */
  void rotate(String newToken) {
    admission.rotate(newToken);
    closeSession(1012, "Token is revoked");
  }

  /** Closes the session that is up, if one is. */
  void closeSession(int code, String reason) {
    slot.current().ifPresent(up -> up.output().close(code, reason));
  }

  @Override
  public String toString() {
    return mode.wireName() + " of " + tunnel;
  }
}
