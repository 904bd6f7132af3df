package io.iottunnel.domain.tunnel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The WebSocket of one {@link End}: what it sends waits here for the network, and everything is
 * held against the {@link SendingRules}.
 */
final class EndLink {

  private record Outgoing(Message message, Optional<LocalId> local) {
    int size() {
      return message instanceof Message.Data data ? data.payload().remaining() : 0;
    }
  }

  /** Whether the network takes what is sent. */
  boolean congested;

  private final End end;
  private final FakeService service;
  private final SendingRules rules;
  private final Consumer<Event> tell;
  private final Deque<Outgoing> outgoing = new ArrayDeque<>();
  private OptionalLong connectAt = OptionalLong.of(0);
  private int session;
  private boolean linked;
  private boolean believesUp;
  private boolean wantsFrame;

  /**
   * @param tell is told what happens to the session of the moment
   */
  EndLink(End end, FakeService service, Consumer<Event> tell) {
    this.end = end;
    this.service = service;
    this.rules = new SendingRules(end.mode);
    this.tell = tell;
  }

  /** Whether it has a WebSocket, greeted or not. */
  boolean isUp() {
    return linked && believesUp;
  }

  boolean wantsFrame() {
    return wantsFrame;
  }

  /** The number of the session of the moment. */
  int session() {
    return session;
  }

  /** Bytes of DATA that wait for the network. */
  long unsent() {
    return outgoing.stream().mapToLong(Outgoing::size).sum();
  }

  /** When it wants to connect. */
  long connectsAt() {
    return connectAt.orElse(Long.MAX_VALUE);
  }

  /** Takes the time at which it wants to connect, if that has come; whether it has. */
  boolean connectIsDue() {
    boolean due = connectsAt() <= service.now();
    if (due) {
      connectAt = OptionalLong.empty();
    }
    return due;
  }

  // What the service and the network do.

  /** The service accepts the upgrade. */
  void comesUp(String subprotocol) {
    linked = true;
    rules.sessionBegins(subprotocol.equals(Bench.SUBPROTOCOL_1));
    tell.accept(new Event.SessionUp(subprotocol));
  }

  void breaks() {
    if (linked) {
      tell.accept(new Event.SessionBroken("the connection was reset"));
      hangUp();
    }
  }

  void isClosed(int code, String reason) {
    tell.accept(new Event.SessionClosed(code, reason));
    hangUp();
  }

  /** The network forgets what was on its way. */
  private void hangUp() {
    linked = false;
    wantsFrame = false;
    outgoing.clear();
    service.hangsUp(end);
  }

  /** The machine is about to be told this. */
  void learns(Event event) {
    if (event instanceof Event.SessionUp) {
      believesUp = true;
    } else if (event instanceof Event.SessionBroken || event instanceof Event.SessionClosed) {
      believesUp = false;
    }
  }

  /** A frame arrives; {@code handle} takes its messages at once. */
  void receives(List<Message> frame, Consumer<Event> handle) {
    assertTrue(wantsFrame, "a frame comes unasked");
    wantsFrame = false;
    int of = session;
    for (Message message : frame) {
      if (session == of && !end.isOver()) {
        rules.received(message);
        handle.accept(new Event.MessageReceived(message));
        destroyPayload(message);
      }
    }
    if (session == of) {
      handle.accept(new Event.FrameRead());
    }
  }

  /** A payload is the machine's until its effects have run: nobody may have kept it. */
  private static void destroyPayload(Message message) {
    if (message instanceof Message.Data data) {
      Arrays.fill(data.payload().array(), (byte) '#');
    }
  }

  /** Hands the oldest message that waits to the network; whether there was one. */
  boolean send() {
    Outgoing next = congested ? null : outgoing.poll();
    if (next == null) {
      return false;
    }
    next.local().ifPresent(local -> tell.accept(new Event.DataSent(local, next.size())));
    service.takes(end, next.message());
    return true;
  }

  // Orders.

  void connect() {
    assertFalse(believesUp, "connects while it is up");
    session++;
    service.connects(end);
  }

  void reconnect(Effect.Reconnect order) {
    connectAt = OptionalLong.of(service.now() + order.atLeast().plus(order.jitter()).toMillis());
  }

  void receiveFrame() {
    assertTrue(believesUp, "asks for a frame without a session");
    assertFalse(wantsFrame, "asks for a frame twice");
    wantsFrame = linked;
  }

  void sendMessage(Message message) {
    goesOut(new Outgoing(message, Optional.empty()));
  }

  void sendData(LocalId local, Message.Data m) {
    ByteBuffer copy = ByteBuffer.allocate(m.payload().remaining()).put(m.payload()).flip();
    Message message = new Message.Data(m.service(), m.stream(), m.connection(), copy);
    goesOut(new Outgoing(message, Optional.of(local)));
  }

  private void goesOut(Outgoing message) {
    assertTrue(believesUp, () -> "sent without a session: " + message.message());
    rules.sent(message.message());
    if (linked) {
      outgoing.add(message);
    }
  }

  void ping(long number) {
    assertTrue(believesUp, "pings without a session");
    tell.accept(new Event.PongReceived(number));
  }

  /** A close frame goes out behind all that waits. */
  void close() {
    congested = false;
    boolean more = true;
    while (more) {
      more = send();
    }
    abandon();
  }

  void abandon() {
    assertTrue(believesUp, "leaves without a session");
    session++;
    believesUp = false;
    hangUp();
  }
}
