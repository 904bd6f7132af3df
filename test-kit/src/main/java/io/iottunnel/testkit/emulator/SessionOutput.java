package io.iottunnel.testkit.emulator;

import io.iottunnel.testkit.websocket.Chop;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.websocket.ServerConnection;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageStream.Piece;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the service sends in one session, behind the 101. Thread-safe: whole calls follow each
 * other. The judges learn of everything just before it is sent.
 */
final class SessionOutput {

  private final ServerConnection connection;
  private final Chop.Lengths lengths;
  private final FrameJudge frameJudge;
  private final MessageJudge messageJudge;
  private final ReentrantLock sending = new ReentrantLock();
  private final Queue<Frame> pongs = new ConcurrentLinkedQueue<>();
  private volatile boolean silent;
  private volatile boolean closing;

  /** Something that writes. */
  private interface Sending {
    void run() throws IOException;
  }

  SessionOutput(
      ServerConnection connection, Chop frames, FrameJudge frameJudge, MessageJudge messageJudge) {
    this.connection = connection;
    this.lengths = frames.lengths();
    this.frameJudge = frameJudge;
    this.messageJudge = messageJudge;
  }

  /** Sends on what came from the other end, adjacent messages in one frame. */
  void relay(List<Piece> pieces) throws IOException {
    locked(
        () -> {
          int first = 0;
          for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            messageJudge.delivers(piece.message());
            if (i + 1 == pieces.size() || pieces.get(i + 1).bytes() != piece.bytes()) {
              sendBinary(piece.bytes().array(), pieces.get(first).from(), piece.to());
              first = i + 1;
            }
          }
        });
  }

  /** Sends messages of the service's own, each in a frame. */
  void send(List<Message> messages) throws IOException {
    locked(
        () -> {
          for (Message message : messages) {
            messageJudge.delivers(message);
            byte[] bytes = message.encode();
            sendBinary(bytes, 0, bytes.length);
          }
        });
  }

  /** Sends bytes as binary frames, whatever they say. */
  void sendBytes(byte[] bytes) throws IOException {
    locked(() -> sendBinary(bytes, 0, bytes.length));
  }

  private void sendBinary(byte[] bytes, int from, int to) throws IOException {
    if (!silent && !closing) {
      connection.sendBinary(bytes, from, to, lengths, FrameJudge.LARGEST_FRAME);
    }
  }

  /** Sends a frame as it is. */
  void send(Frame frame) throws IOException {
    locked(() -> sendFrame(frame));
  }

  private void sendFrame(Frame frame) throws IOException {
    if (frame.opcode() == Frame.PING) {
      frameJudge.pinged(frame.payload());
    }
    if (!silent) {
      connection.send(frame);
    }
  }

  /**
   * Sends a pong as soon as it can be: does not wait for a client that reads too slowly, since the
   * reading thread asks for this, and must not stop hearing the client.
   */
  void pong(byte[] payload) throws IOException {
    pongs.add(Frame.of(Frame.PONG, payload));
    sendPongs();
  }

  /** Sends a close frame, once, and nothing but frames asked for one by one behind it. */
  void close(int code, String reason) {
    try {
      locked(
          () -> {
            if (!closing) {
              closing = true;
              sendFrame(Frame.close(code, reason));
            }
          });
    } catch (IOException e) {
      // The client is gone already, which is what closing was for.
      connection.cut(false);
    }
  }

  boolean isClosing() {
    return closing;
  }

  void goSilent() {
    silent = true;
  }

  private void locked(Sending work) throws IOException {
    sending.lock();
    try {
      work.run();
    } finally {
      sending.unlock();
    }
    sendPongs();
  }

  /** Whoever holds the lock looks once more after giving it back, so that no pong is forgotten. */
  private void sendPongs() throws IOException {
    while (!pongs.isEmpty() && sending.tryLock()) {
      try {
        for (Frame pong = pongs.poll(); pong != null; pong = pongs.poll()) {
          if (!closing) {
            sendFrame(pong);
          }
        }
      } finally {
        sending.unlock();
      }
    }
  }
}
