package io.iottunnel.testkit.emulator;

import io.iottunnel.testkit.websocket.Chop;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.websocket.FrameTooLargeException;
import io.iottunnel.testkit.websocket.ServerConnection;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageStream;
import io.iottunnel.testkit.wire.MessageStream.Piece;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket between an end of a tunnel and the service, from the 101 on. One thread reads in
 * {@link #serve}; any thread sends, by {@link #output}.
 */
final class Session {

  private static final int DRAIN_MILLIS = 2_000;

  private final ServerConnection connection;
  private final TunnelEnd end;
  private final FrameJudge frameJudge;
  private final MessageJudge messageJudge;
  private final SessionOutput output;
  private final MessageStream stream = new MessageStream();
  private final String who;
  private volatile @Nullable Rule condemnedBy;

  Session(ServerConnection connection, TunnelEnd end, String channelId, Chop frames) {
    this.connection = connection;
    this.end = end;
    this.who = end + ", channel-id " + channelId;
    this.frameJudge = new FrameJudge(this::breach);
    this.messageJudge =
        new MessageJudge(
            end.mode(), end.tunnel().services(), end.admission().streamIds(), this::breach);
    this.output = new SessionOutput(connection, frames, frameJudge, messageJudge);
  }

  /** Only notes it: judges hold locks, so that the one who asked them does what follows. */
  private void breach(Rule rule, String detail) {
    end.tunnel().findings().add(new Breach(rule, who, detail));
    if (rule.isEnforced() && condemnedBy == null) {
      condemnedBy = rule;
    }
  }

  /** Closes the session if the client broke a rule that the service enforces; returns whether. */
  private boolean closeIfCondemned() {
    Rule broken = condemnedBy;
    if (broken != null) {
      output.close(1008, broken.name());
    }
    return broken != null;
  }

  /** From now on the client may send, also without SERVICE_IDS: subprotocol 1.0 knows none. */
  void allowSending() {
    messageJudge.allowSending();
  }

  /** The service is about to send this in the same bytes as the 101. */
  void delivers(Message message) {
    messageJudge.delivers(message);
  }

  /** Serves the client until it is gone. */
  void serve() throws IOException {
    try {
      boolean open = true;
      while (open && end.slot().awaitReading(this)) {
        open = serve(connection.readFrame());
      }
    } catch (FrameTooLargeException e) {
      breach(Rule.FRAME_SIZE, String.valueOf(e.getMessage()));
      throw e;
    } finally {
      end.slot().end(this);
    }
  }

  /** Returns whether the session goes on. */
  private boolean serve(Frame frame) throws IOException {
    Optional<byte[]> data = frameJudge.came(frame);
    if (frame.opcode() == Frame.CLOSE) {
      if (!output.isClosing()) {
        end.closedByClient(frame.closeCode());
      }
      output.close(frame.closeCode() == 1005 ? 1000 : frame.closeCode(), "");
      end.slot().end(this);
      drain();
      return false;
    }
    if (closeIfCondemned() || output.isClosing()) {
      // Reading on until the client answers our close frame: closing TCP with unread bytes would
      // reset it, and destroy what was sent before.
      return true;
    }
    switch (frame.opcode()) {
      case Frame.PING -> {
        end.pinged();
        if (end.mayPong()) {
          output.pong(frame.payload());
        }
      }
      case Frame.PONG -> end.ponged(frame.payload());
      default -> data.ifPresent(this::messages);
    }
    return true;
  }

  /**
   * Ends our side first, as servers do (RFC 6455 section 7.1.1), and reads what the client sends
   * although it said that it would not, until its end of file or a time limit.
   */
  private void drain() throws IOException {
    connection.shutdownOutput();
    connection.readTimeout(DRAIN_MILLIS);
    try {
      while (true) {
        frameJudge.came(connection.readFrame());
      }
    } catch (EOFException | SocketTimeoutException e) {
      connection.close();
    }
  }

  private void messages(byte[] data) {
    List<Piece> lawful = new ArrayList<>();
    for (Piece piece : pieces(data)) {
      messageJudge.came(piece);
      end.saw(piece.message());
      if (closeIfCondemned()) {
        break;
      }
      lawful.add(piece);
    }
    if (!lawful.isEmpty()) {
      end.peer().relay(lawful);
    }
  }

  private List<Piece> pieces(byte[] data) {
    try {
      return stream.append(data);
    } catch (IOException e) {
      breach(Rule.WELL_FORMED, String.valueOf(e.getMessage()));
      closeIfCondemned();
      return List.of();
    }
  }

  SessionOutput output() {
    return output;
  }

  ServerConnection connection() {
    return connection;
  }
}
