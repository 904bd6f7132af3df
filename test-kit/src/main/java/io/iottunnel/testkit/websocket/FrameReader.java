package io.iottunnel.testkit.websocket;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads an HTTP head and then frames from one stream, blocking. It understands every frame that can
 * be cut out of the bytes and leaves it to others to object.
 */
public final class FrameReader {

  /** A frame beyond this is not read at all: far above every limit that a judge knows. */
  public static final int LARGEST = 1 << 22;

  private static final int LARGEST_HEAD = 1 << 16;

  private final DataInputStream in;
  private final int largest;

  /** Reads from {@code in}, and somewhat ahead. */
  public FrameReader(InputStream in) {
    this(in, LARGEST);
  }

  /**
   * Reads from {@code in}, and somewhat ahead.
   *
   * @param largest the most bytes that a payload may have
   */
  public FrameReader(InputStream in, int largest) {
    this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
    this.largest = largest;
  }

  /**
   * Reads the head of a request or an answer up to its blank line, and not one byte more.
   *
   * @throws IOException if the stream ended before, or the head is beyond all measure
   */
  public byte[] readHead() throws IOException {
    byte[] head = new byte[LARGEST_HEAD];
    int size = 0;
    while (size < 4
        || head[size - 4] != '\r'
        || head[size - 3] != '\n'
        || head[size - 2] != '\r'
        || head[size - 1] != '\n') {
      if (size == head.length) {
        throw new IOException("an HTTP head of more than " + LARGEST_HEAD + " bytes");
      }
      head[size++] = in.readByte();
    }
    return Arrays.copyOf(head, size);
  }

  /** Reads exactly {@code count} bytes, such as the body of an answer. */
  public byte[] readBytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    in.readFully(bytes);
    return bytes;
  }

  /**
   * Reads the next frame.
   *
   * @throws EOFException if the stream ends, in the middle of a frame or between two
   * @throws FrameTooLargeException if the header announces a larger payload than allowed
   */
  public Frame read() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    long length = second & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    boolean masked = (second & 0x80) != 0;
    int key = masked ? in.readInt() : 0;
    if (length < 0 || length > largest) {
      throw new FrameTooLargeException(length);
    }
    byte[] payload = readBytes((int) length);
    if (masked) {
      Mask.apply(payload, key);
    }
    return new Frame((first & 0x80) != 0, (first >> 4) & 7, first & 0xf, masked, payload);
  }
}
