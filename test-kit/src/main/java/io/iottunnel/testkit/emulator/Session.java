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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One WebSocket between an end of a tunnel and the service, from the 101 on. One thread reads in
 * {@link #serve}; any thread sends.
 */
final class Session {

  private static final int DRAIN_MILLIS = 2_000;

  private final ServerConnection connection;
  private final TunnelEnd end;
  private final Behaviour behaviour;
  private final Chop.Lengths lengths;
  private final FrameJudge frameJudge;
  private final MessageJudge messageJudge;
  private final MessageStream stream = new MessageStream();
  private final Object sending = new Object();
  private volatile boolean silent;
  private volatile boolean closing;

  Session(ServerConnection connection, TunnelEnd end, String channelId, Behaviour behaviour) {
    this.connection = connection;
    this.end = end;
    this.behaviour = behaviour;
    this.lengths = behaviour.frames().lengths();
    String who = end + ", channel-id " + channelId;
    this.frameJudge = new FrameJudge((rule, detail) -> breach(who, rule, detail));
    this.messageJudge =
        new MessageJudge(
            end.mode(),
            end.tunnel().services(),
            end.streamIds(),
            (rule, detail) -> breach(who, rule, detail));
  }

  private void breach(String who, Rule rule, String detail) {
    end.tunnel().findings().add(new Breach(rule, who, detail));
    if (rule.isEnforced() && !closing) {
      close(1008, rule.name());
    }
  }

  /** From now on the client may send, also without SERVICE_IDS: subprotocol 1.0 knows none. */
  void allowSending() {
    messageJudge.allowSending();
  }

  /** Serves the client until it is gone. */
  void serve() throws IOException {
    try {
      boolean open = true;
      while (open && end.mayRead()) {
        open = serve(connection.readFrame());
      }
    } catch (FrameTooLargeException e) {
      breach(end.toString(), Rule.FRAME_SIZE, String.valueOf(e.getMessage()));
      throw e;
    } finally {
      end.ended(this);
    }
  }

  /** Returns whether the session goes on. */
  private boolean serve(Frame frame) throws IOException {
    boolean alreadyClosing = closing;
    Optional<byte[]> data = frameJudge.came(frame);
    if (frame.opcode() == Frame.CLOSE) {
      close(frame.closeCode() == 1005 ? 1000 : frame.closeCode(), "");
      end.ended(this);
      drain();
      return false;
    }
    if (alreadyClosing || closing) {
      // Reading on until the client answers our close frame: closing TCP with unread bytes would
      // reset it, and destroy what was sent before.
      return true;
    }
    if (frame.opcode() == Frame.PING) {
      end.pinged();
      if (end.mayPong()) {
        send(Frame.of(Frame.PONG, frame.payload()));
      }
    } else if (frame.opcode() == Frame.PONG) {
      end.ponged(frame.payload());
    } else if (data.isPresent()) {
      messages(data.get());
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
    List<Piece> pieces;
    try {
      pieces = stream.append(data);
    } catch (IOException e) {
      breach(end.toString(), Rule.WELL_FORMED, String.valueOf(e.getMessage()));
      return;
    }
    int lawful = 0;
    for (Piece piece : pieces) {
      messageJudge.came(piece);
      end.saw(piece.message());
      if (closing) {
        break;
      }
      lawful++;
    }
    if (lawful > 0) {
      end.peer().relay(pieces.subList(0, lawful));
    }
  }

  /** Sends on what came from the other end, adjacent messages in one frame. */
  void relay(List<Piece> pieces) throws IOException {
    synchronized (sending) {
      int first = 0;
      for (int i = 0; i < pieces.size(); i++) {
        messageJudge.delivers(pieces.get(i).message());
        boolean adjacent =
            i + 1 < pieces.size() && pieces.get(i + 1).bytes() == pieces.get(i).bytes();
        if (!adjacent) {
          sendBinary(pieces.get(i).bytes().array(), pieces.get(first).from(), pieces.get(i).to());
          first = i + 1;
        }
      }
    }
  }

  /** Sends messages of the service's own, each in a frame. */
  void send(List<Message> messages) throws IOException {
    synchronized (sending) {
      for (Message message : messages) {
        messageJudge.delivers(message);
        byte[] bytes = message.encode();
        sendBinary(bytes, 0, bytes.length);
      }
    }
  }

  /** Sends the answer to the upgrade and SERVICE_IDS behind it in one piece. */
  void open(String answer, Optional<Message> serviceIds) throws IOException {
    if (serviceIds.isEmpty() || !behaviour.gluesServiceIds()) {
      connection.write(answer);
      if (serviceIds.isPresent()) {
        send(List.of(serviceIds.get()));
      }
      return;
    }
    messageJudge.delivers(serviceIds.get());
    byte[] frame = Frame.binary(serviceIds.get().encode()).encode();
    byte[] head = answer.getBytes(StandardCharsets.ISO_8859_1);
    byte[] both = Arrays.copyOf(head, head.length + frame.length);
    System.arraycopy(frame, 0, both, head.length, frame.length);
    connection.write(both);
  }

  /** Sends bytes as binary frames, whatever they say. */
  void sendBytes(byte[] bytes) throws IOException {
    synchronized (sending) {
      sendBinary(bytes, 0, bytes.length);
    }
  }

  private void sendBinary(byte[] bytes, int from, int to) throws IOException {
    if (!silent) {
      connection.sendBinary(bytes, from, to, lengths, FrameJudge.LARGEST_FRAME);
    }
  }

  /** Sends a frame as it is. */
  void send(Frame frame) throws IOException {
    synchronized (sending) {
      if (frame.opcode() == Frame.PING) {
        frameJudge.pinged(frame.payload());
      }
      if (!silent) {
        connection.send(frame);
      }
    }
  }

  /** Sends a close frame, once. */
  void close(int code, String reason) {
    synchronized (sending) {
      if (!closing) {
        closing = true;
        try {
          send(Frame.close(code, reason));
        } catch (IOException e) {
          // The client is gone already, which is what closing was for.
          connection.cut(false);
        }
      }
    }
  }

  void goSilent() {
    silent = true;
  }

  ServerConnection connection() {
    return connection;
  }
}
