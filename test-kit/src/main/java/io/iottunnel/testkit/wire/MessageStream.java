package io.iottunnel.testkit.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the payloads of binary frames, joined, into messages, and remembers where the cuts between
 * frames were. For one direction of one session; not thread-safe.
 */
public final class MessageStream {

  private byte[] partial = new byte[2];
  private int filled;
  private boolean partialBeganFrame;

  /** Stands before the first byte of a session. */
  public MessageStream() {}

  /**
   * One complete message and where its bytes are.
   *
   * @param message the message
   * @param from index of the first byte of its length
   * @param to index behind its last byte
   * @param beginsFrame whether no other message has bytes before it in the frame where it began
   * @param endsFrame whether no other message has bytes behind it in the frame where it ended
   */
  public record Piece(
      Message message, Bytes bytes, int from, int to, boolean beginsFrame, boolean endsFrame) {}

  /**
   * An array that several pieces share; adjacent pieces of one array can travel on in one frame.
   */
  public static final class Bytes {
    private final byte[] array;

    private Bytes(byte[] array) {
      this.array = array;
    }

    /** The array itself. */
    public byte[] array() {
      return array;
    }
  }

  /**
   * Takes the payload of one more frame.
   *
   * @param frame kept and referred to by the pieces, so it must not change afterwards
   * @return the messages that it completes
   * @throws IOException if a message is not protobuf
   */
  public List<Piece> append(byte[] frame) throws IOException {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    if (filled > 0) {
      at = fillPartial(frame, 0);
      if (partialIsComplete()) {
        pieces.add(
            piece(new Bytes(partial), 0, partial.length, partialBeganFrame, at == frame.length));
        partial = new byte[2];
        filled = 0;
      }
    }
    Bytes shared = new Bytes(frame);
    while (frame.length - at >= 2) {
      int end = at + 2 + length(frame, at);
      if (end > frame.length) {
        break;
      }
      pieces.add(piece(shared, at, end, at == 0, end == frame.length));
      at = end;
    }
    if (at < frame.length) {
      partialBeganFrame = at == 0;
      fillPartial(frame, at);
    }
    return pieces;
  }

  /** Whether the stream stands in the middle of a message. */
  public boolean isMidMessage() {
    return filled > 0;
  }

  /** Moves bytes of the unfinished message from {@code frame} and returns where it stopped. */
  private int fillPartial(byte[] frame, int from) {
    int at = from;
    while (at < frame.length && !partialIsComplete()) {
      int count = Math.min(partial.length - filled, frame.length - at);
      System.arraycopy(frame, at, partial, filled, count);
      at += count;
      filled += count;
      if (filled == 2 && partial.length == 2) {
        byte[] whole = new byte[2 + length(partial, 0)];
        System.arraycopy(partial, 0, whole, 0, 2);
        partial = whole;
      }
    }
    return at;
  }

  private boolean partialIsComplete() {
    return filled >= 2 && filled == 2 + length(partial, 0);
  }

  private static Piece piece(Bytes bytes, int from, int to, boolean beginsFrame, boolean endsFrame)
      throws IOException {
    Message message = Message.parse(bytes.array(), from + 2, to - from - 2);
    return new Piece(message, bytes, from, to, beginsFrame, endsFrame);
  }

  private static int length(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }
}
