package io.iottunnel.engine;

import io.iottunnel.domain.tunnel.Event;
import io.iottunnel.domain.tunnel.Message;
import io.iottunnel.domain.tunnel.WireLimits;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.SessionEnd;
import io.iottunnel.ports.SessionListener;
import io.iottunnel.ports.TunnelSession;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a session, and the session if it succeeds: dial, TLS, upgrade, then frames. Once
 * left, nothing of it is told any more. Confined to the loop, but for the callbacks, which enter
 * it.
 */
final class Session implements SessionListener {

  private static final int PING_SIZE = Long.BYTES;

  private final WireLimits limits;
  private final Executor loop;
  private final TunnelObserver observer;
  private final Consumer<Event> tell;
  private final Consumer<Message> onMessage;
  private final MessageReader reader;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private CompletableFuture<?> pending = CompletableFuture.completedFuture(null);
  private Optional<TunnelSession> up = Optional.empty();
  private Optional<Outbox> outbox = Optional.empty();
  private boolean left;

  /**
   * @param tell is told the events of this session, on the loop
   * @param onMessage is told of each message, on the loop, before its payload goes away
   */
  Session(
      WireLimits limits,
      Executor loop,
      TunnelObserver observer,
      Consumer<Event> tell,
      Consumer<Message> onMessage) {
    this.limits = limits;
    this.reader = new MessageReader(limits.message());
    this.loop = loop;
    this.observer = observer;
    this.tell = tell;
    this.onMessage = onMessage;
  }

  /**
   * Begins the attempt.
   *
   * @param onUp is called on the loop when the WebSocket is up, before anything of it is told
   */
  void open(
      CompletableFuture<ByteStream> dialing,
      Function<ByteStream, CompletableFuture<TunnelSession>> upgrade,
      Consumer<TunnelSession> onUp) {
    CompletableFuture<TunnelSession> opening =
        dialing.thenCompose(
            way -> {
              observer.reached();
              CompletableFuture<TunnelSession> upgrading = upgrade.apply(way);
              loop.execute(() -> pendingIs(upgrading));
              return upgrading;
            });
    pendingIs(dialing);
    opening.whenComplete((session, failure) -> loop.execute(() -> opened(session, failure, onUp)));
  }

  private void pendingIs(CompletableFuture<?> stage) {
    if (left) {
      stage.cancel(false);
    } else {
      pending = stage;
    }
  }

  private void opened(
      @Nullable TunnelSession session, @Nullable Throwable failure, Consumer<TunnelSession> onUp) {
    if (session == null) {
      over.complete(null);
      if (!left && failure != null) {
        tell.accept(new Event.ConnectFailed(Failures.asException(failure)));
      }
    } else if (left) {
      session.abort();
    } else {
      up = Optional.of(session);
      outbox = Optional.of(new Outbox(session, limits.frame(), loop));
      onUp.accept(session);
      tell.accept(new Event.SessionUp(session.subprotocol()));
    }
  }

  /** The way out, while there is a session. */
  Optional<Outbox> outbox() {
    return outbox;
  }

  void receive() {
    up.ifPresent(TunnelSession::receive);
  }

  void ping(long number) {
    up.ifPresent(session -> session.ping(ByteBuffer.allocate(PING_SIZE).putLong(0, number)));
  }

  /**
   * Leaves in order: a close frame goes out behind all that waits.
   *
   * @return completes when the WebSocket is gone
   */
  CompletableFuture<Void> close(int code, String reason) {
    leave();
    up.ifPresent(
        session -> outbox.ifPresent(box -> box.whenEmpty(() -> session.close(code, reason))));
    return over;
  }

  /** Leaves at once. */
  void abort() {
    leave();
    up.ifPresent(TunnelSession::abort);
  }

  private void leave() {
    left = true;
    pending.cancel(false);
    if (up.isEmpty()) {
      over.complete(null);
    }
  }

  @Override
  public void secured() {
    observer.secured();
  }

  @Override
  public void frame(ByteBuffer payload) {
    loop.execute(
        () -> {
          if (left) {
            return;
          }
          try {
            reader.read(payload, this::message);
            tell.accept(new Event.FrameRead());
          } catch (NonsenseException nonsense) {
            tell.accept(new Event.NonsenseReceived(String.valueOf(nonsense.getMessage())));
          }
        });
  }

  /** One frame holds many messages, and an earlier one may have made us leave. */
  private void message(Message message) {
    if (!left) {
      onMessage.accept(message);
    }
  }

  @Override
  public void pong(ByteBuffer payload) {
    Event event =
        payload.remaining() == PING_SIZE
            ? new Event.PongReceived(payload.getLong(payload.position()))
            : new Event.SessionAlive();
    tellUnlessLeft(event);
  }

  @Override
  public void alive() {
    tellUnlessLeft(new Event.SessionAlive());
  }

  @Override
  public void ended(SessionEnd end) {
    over.complete(null);
    tellUnlessLeft(
        end.match(
            new SessionEnd.Cases<Event>() {
              @Override
              public Event closed(SessionEnd.Closed closed) {
                return new Event.SessionClosed(closed.code(), closed.reason());
              }

              @Override
              public Event broken(SessionEnd.Broken broken) {
                return new Event.SessionBroken(broken.reason());
              }
            }));
  }

  private void tellUnlessLeft(Event event) {
    loop.execute(
        () -> {
          if (!left) {
            tell.accept(event);
          }
        });
  }
}
