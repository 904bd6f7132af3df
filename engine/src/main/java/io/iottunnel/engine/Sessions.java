package io.iottunnel.engine;

import io.iottunnel.domain.tunnel.Event;
import io.iottunnel.domain.tunnel.Message;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.TunnelTransport;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The session of the moment, if there is one, and the one before it while its close frame is on the
 * way. Confined to the loop.
 */
final class Sessions {

  /**
   * How long a close frame may take before the connection is cut: a little more than the
   * transport's own limit.
   */
  private static final long CLOSE_LIMIT_MILLIS = 2_500;

  private final Tunnel tunnel;
  private final Way way;
  private final TunnelTransport transport;
  private final TunnelObserver observer;
  private final Timers timers;
  private final Executor loop;
  private final ReadBuffers buffers;
  private final Consumer<Event> tell;
  private final Consumer<Message> onMessage;
  private final MessageWriter writer = new MessageWriter();
  private Optional<Session> current = Optional.empty();
  private CompletableFuture<Void> closing = CompletableFuture.completedFuture(null);

  /**
   * @param buffers takes back what was sent
   * @param tell is told the events of the session of the moment
   * @param onMessage is told of each of its messages, on the loop, before the payload goes away
   */
  Sessions(
      Tunnel tunnel,
      Way way,
      TunnelTransport transport,
      TunnelObserver observer,
      Timers timers,
      Executor loop,
      ReadBuffers buffers,
      Consumer<Event> tell,
      Consumer<Message> onMessage) {
    this.tunnel = tunnel;
    this.way = way;
    this.transport = transport;
    this.observer = observer;
    this.timers = timers;
    this.loop = loop;
    this.buffers = buffers;
    this.tell = tell;
    this.onMessage = onMessage;
  }

  void open() {
    observer.connecting(tunnel.service(), way.webProxy());
    Session attempt = new Session(tunnel.settings().wire(), loop, observer, tell, onMessage);
    current = Optional.of(attempt);
    attempt.open(
        way.dial(tunnel.service(), observer),
        stream -> transport.open(stream, tunnel.upgradeRequest(), attempt),
        this::opened);
  }

  private void opened(TunnelSession up) {
    observer.sessionUp(tunnel.service(), up.channelId(), up.subprotocol());
    observer.pinging(tunnel.settings().pingPeriod());
  }

  void receive() {
    current.ifPresent(Session::receive);
  }

  void send(Message message) {
    outbox()
        .ifPresent(
            outbox -> {
              observer.sent(message);
              outbox.sendControl(writer.write(message));
            });
  }

  /**
   * Sends bytes that were read into one of the buffers.
   *
   * @param onSent is told when they have left for the network, unless their session is over by then
   */
  void send(Message.Data message, Runnable onSent) {
    ByteBuffer payload = message.payload();
    Optional<Session> carrier = current;
    outbox()
        .ifPresent(
            outbox -> {
              observer.sent(message);
              outbox.sendData(
                  writer.write(message),
                  () -> {
                    buffers.give(payload);
                    if (current.equals(carrier)) {
                      onSent.run();
                    }
                  });
            });
  }

  private Optional<Outbox> outbox() {
    return current.flatMap(Session::outbox);
  }

  void ping(long number) {
    current.ifPresent(session -> session.ping(number));
  }

  /** Leaves the session in order; what it still says is not told. */
  void close(int code, String reason) {
    current.ifPresent(
        leaving -> {
          closing = leaving.close(code, reason);
          Runnable cancel = timers.after(CLOSE_LIMIT_MILLIS, () -> loop.execute(leaving::abort));
          closing.whenComplete((gone, failure) -> cancel.run());
        });
    current = Optional.empty();
  }

  /** Cuts the session; what it still says is not told. */
  void abort() {
    current.ifPresent(Session::abort);
    current = Optional.empty();
  }

  /** Runs {@code action} when the last session that was closed is gone. */
  void whenGone(Runnable action) {
    closing.whenComplete((gone, failure) -> action.run());
  }
}
