package io.iottunnel.testkit.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * One frame (RFC 6455 section 5.2), lawful or not: whoever makes it may set any bit.
 *
 * <p>The payload is not copied in or out.
 */
public final class Frame {

  /** Continues a fragmented message. */
  public static final int CONTINUATION = 0x0;

  /** Text, which has no place in a tunnel. */
  public static final int TEXT = 0x1;

  /** Binary: the only frames that carry tunnel messages. */
  public static final int BINARY = 0x2;

  /** Closes the WebSocket. */
  public static final int CLOSE = 0x8;

  /** Asks for a pong. */
  public static final int PING = 0x9;

  /** Answers a ping. */
  public static final int PONG = 0xA;

  private final boolean fin;
  private final int reserved;
  private final int opcode;
  private final boolean masked;
  private final byte[] payload;

  /**
   * A frame of any kind.
   *
   * @param fin whether this is the last fragment of its message
   * @param reserved the bits RSV1 to RSV3 as a number from 0 to 7
   * @param opcode 0 to 15
   * @param masked whether the frame came masked, or is to be sent so
   * @param payload in the clear
   */
  public Frame(boolean fin, int reserved, int opcode, boolean masked, byte[] payload) {
    this.fin = fin;
    this.reserved = reserved;
    this.opcode = opcode;
    this.masked = masked;
    this.payload = payload;
  }

  /** A whole frame of this opcode, unmasked. */
  public static Frame of(int opcode, byte[] payload) {
    return new Frame(true, 0, opcode, false, payload);
  }

  /** A whole binary frame, unmasked. */
  public static Frame binary(byte[] payload) {
    return of(BINARY, payload);
  }

  /** A close frame, unmasked. */
  public static Frame close(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return of(CLOSE, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
  }

  /** This frame, to be sent masked, as clients must. */
  public Frame masked() {
    return new Frame(fin, reserved, opcode, true, payload);
  }

  /** Whether this is the last fragment of its message. */
  public boolean fin() {
    return fin;
  }

  /** The bits RSV1 to RSV3 as a number from 0 to 7. */
  public int reserved() {
    return reserved;
  }

  /** The opcode. */
  public int opcode() {
    return opcode;
  }

  /** Whether the frame is, or is to be, masked on the wire. */
  public boolean isMasked() {
    return masked;
  }

  /** The payload in the clear. */
  public byte[] payload() {
    return payload;
  }

  /** Whether this is a close, ping or pong, or an undefined control frame. */
  public boolean isControl() {
    return opcode >= CLOSE;
  }

  /** The code of a close frame, 1005 where it has none (RFC 6455 section 7.1.5). */
  public int closeCode() {
    return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
  }

  /** The reason of a close frame, empty where it has none. */
  public String closeReason() {
    return payload.length <= 2
        ? ""
        : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
  }

  /** The frame as it travels. */
  public byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(14 + payload.length);
    putHeader(bytes, fin, reserved, opcode, masked, payload.length);
    if (masked) {
      // Any key masks; this one shows every mistake, since no two of its bytes are the same.
      int key = 0x5A_C3_17_E8;
      byte[] scrambled = payload.clone();
      Mask.apply(scrambled, key);
      bytes.putInt(key).put(scrambled);
    } else {
      bytes.put(payload);
    }
    byte[] encoded = new byte[bytes.position()];
    bytes.flip().get(encoded);
    return encoded;
  }

  /** Writes all of a header but the masking key. */
  static void putHeader(
      ByteBuffer into, boolean fin, int reserved, int opcode, boolean masked, int length) {
    into.put((byte) ((fin ? 0x80 : 0) | (reserved << 4) | opcode));
    int maskBit = masked ? 0x80 : 0;
    if (length < 126) {
      into.put((byte) (maskBit | length));
    } else if (length < 65_536) {
      into.put((byte) (maskBit | 126)).putShort((short) length);
    } else {
      into.put((byte) (maskBit | 127)).putLong(length);
    }
  }

  /** For people, with the first bytes of the payload. */
  @Override
  public String toString() {
    int shown = Math.min(payload.length, 16);
    return "frame opcode "
        + opcode
        + (fin ? "" : " unfinished")
        + (reserved == 0 ? "" : " reserved bits " + reserved)
        + (masked ? " masked " : " unmasked ")
        + payload.length
        + " B "
        + HexFormat.of().formatHex(payload, 0, shown)
        + (shown < payload.length ? "..." : "");
  }
}
