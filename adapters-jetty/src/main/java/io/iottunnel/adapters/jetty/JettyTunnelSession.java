package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.Printable;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.SessionEnd;
import io.iottunnel.ports.SessionListener;
import io.iottunnel.ports.TunnelSession;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.exception.CloseException;
import org.eclipse.jetty.websocket.core.exception.MessageTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that is up, on the core of Jetty's, which hands over each frame as it was asked for
 * and does nothing by itself but answer a close frame.
 *
 * <p>What Jetty calls and what the engine calls is done one at a time, by the session's {@link
 * SerialExecutor}; the fields need no lock.
 */
final class JettyTunnelSession implements TunnelSession, FrameHandler {

  /** A service that sends pings and reads nothing would have us keep a pong for each. */
  private static final int MAX_PONGS_WAITING = 128;

  private static final int REASON_SHOWN = 200;

  private final ByteStream way;
  private final SerialExecutor serial;
  private final Deadline deadline;
  private final JettyTunnelTransport.Limits limits;
  private final SessionListener listener;
  private final Optional<String> channelId;
  private final String subprotocol;

  private @Nullable CoreSession core;
  private Callback held = Callback.NOOP;
  private boolean asked;
  private boolean demanded;
  private boolean closing;
  private boolean over;
  private int pongsWaiting;
  private @Nullable CloseStatus received;
  private volatile @Nullable String cutBecause;
  private @Nullable Throwable error;

  /**
   * @param limits of which those for the close and for a frame count here
   */
  JettyTunnelSession(
      ByteStream way,
      SerialExecutor serial,
      Deadline deadline,
      JettyTunnelTransport.Limits limits,
      SessionListener listener,
      Optional<String> channelId,
      String subprotocol) {
    this.way = way;
    this.serial = serial;
    this.deadline = deadline;
    this.limits = limits;
    this.listener = listener;
    this.channelId = channelId;
    this.subprotocol = subprotocol;
  }

  @Override
  public Optional<String> channelId() {
    return channelId;
  }

  @Override
  public String subprotocol() {
    return subprotocol;
  }

  // What the engine calls

  @Override
  public void send(ByteBuffer frame, Runnable sent) {
    if (frame.remaining() > MAX_FRAME) {
      throw new IllegalArgumentException("a frame of " + frame.remaining() + " bytes");
    }
    serial.execute(() -> sendFrame(new Frame(OpCode.BINARY, frame), whenSent(sent)));
  }

  @Override
  public void ping(ByteBuffer payload) {
    ByteBuffer copy = copyOf(payload);
    serial.execute(() -> sendFrame(new Frame(OpCode.PING, copy), Callback.NOOP));
  }

  @Override
  public void receive() {
    serial.execute(
        () -> {
          release();
          asked = true;
          demand();
        });
  }

  @Override
  public void close(int code, String reason) {
    serial.execute(
        () -> {
          if (over || closing) {
            return;
          }
          closing = true;
          core().close(new OrderlyClose(code, reason), Callback.NOOP);
          awaitEnd();
          demand(); // or the answer would not be read
        });
  }

  @Override
  public void abort() {
    abort("it was cut on this side");
  }

  /** Cuts the connection, for {@code reason}. */
  void abort(String reason) {
    if (cutBecause == null) {
      cutBecause =
          reason; // first, since whoever reads may find the way cut before the task below runs
    }
    way.abort();
    serial.execute(
        () -> {
          end(new SessionEnd.Broken(reason));
          core().abort();
        });
  }

  // What Jetty calls

  @Override
  public void onOpen(CoreSession coreSession, Callback callback) {
    core = coreSession;
    callback.succeeded();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    demanded = false;
    if (over) {
      callback.succeeded();
      return;
    }
    switch (frame.getOpCode()) {
      case OpCode.BINARY, OpCode.CONTINUATION -> onPayload(frame.getPayload(), callback);
      case OpCode.PING -> onPing(frame.getPayload(), callback);
      case OpCode.PONG -> {
        listener.pong(frame.getPayload());
        callback.succeeded();
        demand();
      }
      case OpCode.CLOSE -> {
        received = CloseStatus.getCloseStatus(frame);
        awaitEnd();
        callback.succeeded(); // Jetty answers it, where it was not itself an answer
      }
      default ->
          callback.failed(
              new CloseException(
                  CloseStatus.BAD_DATA,
                  "the service sent a text frame; only binary ones are used"));
    }
  }

  private void onPayload(ByteBuffer payload, Callback callback) {
    if (closing) {
      callback.succeeded();
      demand();
    } else if (payload.hasRemaining()) {
      held = callback;
      asked = false;
      listener.frame(payload);
    } else {
      callback.succeeded();
      listener.alive();
      demand();
    }
  }

  private void onPing(ByteBuffer payload, Callback callback) {
    if (++pongsWaiting > MAX_PONGS_WAITING) {
      callback.failed(
          new CloseException(
              CloseStatus.POLICY_VIOLATION,
              "the service sent " + pongsWaiting + " pings and took none of the pongs"));
      return;
    }
    sendFrame(
        new Frame(OpCode.PONG, copyOf(payload)),
        Callback.from(() -> pongsWaiting--, failure -> {})); // a failure ends the session anyway
    callback.succeeded();
    listener.alive();
    demand();
  }

  /** Something is wrong, and a close frame that says so may be on its way. */
  void failing(Throwable cause) {
    if (!over && error == null) {
      error = cause;
      awaitEnd();
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    failing(cause);
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus closeStatus, Callback callback) {
    String cut = cutBecause;
    if (received != null) {
      end(closed(received));
    } else {
      end(new SessionEnd.Broken(cut == null ? brokenBy(error) : cut));
    }
    callback.succeeded();
  }

  // What both lead to

  private void sendFrame(Frame frame, Callback callback) {
    if (!over) {
      core().sendFrame(frame, callback, false);
    }
  }

  private Callback whenSent(Runnable sent) {
    return Callback.from(
        () -> {
          if (!over) {
            sent.run();
          }
        },
        failure -> {}); // it never runs when the session ends before, and this one ends
  }

  private void demand() {
    if ((asked || closing) && !demanded && !over) {
      demanded = true;
      core().demand();
    }
  }

  private void release() {
    Callback done = held;
    held = Callback.NOOP;
    done.succeeded();
  }

  private void awaitEnd() {
    deadline.set(
        limits.close(),
        () ->
            abort(
                error == null
                    ? "the close was not finished within " + limits.close().toMillis() + " ms"
                    : brokenBy(error)));
  }

  private void end(SessionEnd how) {
    if (!over) {
      over = true;
      deadline.cancel();
      listener.ended(how);
    }
  }

  private CoreSession core() {
    if (core == null) {
      throw new IllegalStateException("used before it was open");
    }
    return core;
  }

  private static SessionEnd closed(CloseStatus status) {
    return new SessionEnd.Closed(
        status.getCode(), status.getReason() == null ? "" : status.getReason());
  }

  private String brokenBy(@Nullable Throwable cause) {
    if (cause == null || cause instanceof ClosedChannelException) {
      return "the connection ended without a close frame";
    }
    if (cause instanceof MessageTooLargeException) {
      return "the service sent a frame of more than " + limits.frame() + " bytes";
    }
    String message = cause.getMessage();
    return Printable.of(message == null ? cause.toString() : message, REASON_SHOWN);
  }

  private static ByteBuffer copyOf(ByteBuffer payload) {
    return ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
  }

  /**
   * A close frame that waits its turn and for its answer, whatever its code: with those that it
   * calls abnormal Jetty would drop what was sent before and not wait.
   */
  private static final class OrderlyClose extends CloseStatus {

    OrderlyClose(int code, String reason) {
      super(code, reason);
    }

    @Override
    public boolean isAbnormal() {
      return false;
    }
  }
}
