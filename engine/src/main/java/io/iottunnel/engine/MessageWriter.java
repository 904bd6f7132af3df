package io.iottunnel.engine;

import com.google.protobuf.CodedOutputStream;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Message;
import io.iottunnel.ports.TunnelSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Turns messages into bytes for a frame. A payload that was read with {@link ReadBuffers} is not
 * copied: what goes before and behind it is written around it, where room was left.
 */
final class MessageWriter implements Message.Cases<ByteBuffer> {

  private static final int LENGTH_SIZE = 2;

  /**
   * The most bytes that go before a payload: length, type, stream id, the payload's tag and length.
   */
  static final int BEFORE_PAYLOAD = LENGTH_SIZE + 2 + 6 + 1 + 3;

  /** The most bytes that go behind a payload: service id and connection id. */
  static final int BEHIND_PAYLOAD = 1 + 2 + 4 * 512 + 1 + 5;

  /**
   * The message with its length in front.
   *
   * @return the remaining bytes are the message; {@link TunnelSession#HEADROOM} bytes before them
   *     are free. For DATA it may share the memory of the payload
   */
  ByteBuffer write(Message message) {
    return message.match(this);
  }

  @Override
  public ByteBuffer data(Message.Data m) {
    ByteBuffer payload = m.payload();
    int size = payload.remaining();
    int before =
        sizeOfHead(Field.DATA, m.stream())
            + CodedOutputStream.computeTagSize(Field.number(Field.PAYLOAD))
            + CodedOutputStream.computeUInt32SizeNoTag(size);
    int behind = sizeOfTail(m.service(), m.connection());
    ByteBuffer frame = around(payload, LENGTH_SIZE + before, behind);
    try {
      CodedOutputStream head = stream(frame, frame.position(), LENGTH_SIZE + before);
      writeLength(head, before + size + behind);
      writeHead(head, Field.DATA, m.stream());
      head.writeUInt32NoTag(Field.PAYLOAD);
      head.writeUInt32NoTag(size);
      head.checkNoSpaceLeft();
      CodedOutputStream tail = stream(frame, frame.limit() - behind, behind);
      writeTail(tail, m.service(), m.connection());
      tail.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("sizes were computed wrong", e);
    }
    return frame;
  }

  /**
   * A buffer that spans the payload and the room around it, in place if there is room, otherwise a
   * copy.
   */
  private static ByteBuffer around(ByteBuffer payload, int before, int behind) {
    boolean inPlace =
        payload.hasArray()
            && payload.position() >= before + TunnelSession.HEADROOM
            && payload.capacity() - payload.limit() >= behind;
    if (inPlace) {
      return payload
          .duplicate()
          .limit(payload.limit() + behind)
          .position(payload.position() - before);
    }
    ByteBuffer copy =
        ByteBuffer.allocate(TunnelSession.HEADROOM + before + payload.remaining() + behind);
    copy.position(TunnelSession.HEADROOM + before);
    copy.put(payload.duplicate());
    return copy.position(TunnelSession.HEADROOM).limit(copy.capacity());
  }

  private static CodedOutputStream stream(ByteBuffer bytes, int from, int length) {
    return CodedOutputStream.newInstance(bytes.array(), bytes.arrayOffset() + from, length);
  }

  @Override
  public ByteBuffer streamStart(Message.StreamStart m) {
    return control(Field.STREAM_START, m.service(), m.stream(), m.connection());
  }

  @Override
  public ByteBuffer connectionStart(Message.ConnectionStart m) {
    return control(Field.CONNECTION_START, m.service(), m.stream(), m.connection());
  }

  @Override
  public ByteBuffer streamReset(Message.StreamReset m) {
    return control(Field.STREAM_RESET, m.service(), m.stream(), 0);
  }

  @Override
  public ByteBuffer connectionReset(Message.ConnectionReset m) {
    return control(Field.CONNECTION_RESET, m.service(), m.stream(), m.connection());
  }

  @Override
  public ByteBuffer sessionReset(Message.SessionReset m) {
    throw neverSent(m);
  }

  @Override
  public ByteBuffer serviceIds(Message.ServiceIds m) {
    throw neverSent(m);
  }

  @Override
  public ByteBuffer unknown(Message.Unknown m) {
    throw neverSent(m);
  }

  private static IllegalStateException neverSent(Message message) {
    return new IllegalStateException("a client never sends " + message);
  }

  private static ByteBuffer control(int type, ServiceId service, int stream, int connection) {
    int size = sizeOfHead(type, stream) + sizeOfTail(service, connection);
    ByteBuffer frame = ByteBuffer.allocate(TunnelSession.HEADROOM + LENGTH_SIZE + size);
    frame.position(TunnelSession.HEADROOM);
    try {
      CodedOutputStream out = stream(frame, frame.position(), LENGTH_SIZE + size);
      writeLength(out, size);
      writeHead(out, type, stream);
      writeTail(out, service, connection);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("sizes were computed wrong", e);
    }
    return frame;
  }

  private static int sizeOfHead(int type, int stream) {
    return CodedOutputStream.computeEnumSize(Field.number(Field.TYPE), type)
        + (stream == 0
            ? 0
            : CodedOutputStream.computeInt32Size(Field.number(Field.STREAM_ID), stream));
  }

  private static int sizeOfTail(ServiceId service, int connection) {
    return (service.isUnnamed()
            ? 0
            : CodedOutputStream.computeStringSize(Field.number(Field.SERVICE_ID), service.name()))
        + (connection == 0
            ? 0
            : CodedOutputStream.computeUInt32Size(Field.number(Field.CONNECTION_ID), connection));
  }

  private static void writeLength(CodedOutputStream out, int length) throws IOException {
    out.write((byte) (length >>> 8));
    out.write((byte) length);
  }

  private static void writeHead(CodedOutputStream out, int type, int stream) throws IOException {
    out.writeEnum(Field.number(Field.TYPE), type);
    if (stream != 0) {
      out.writeInt32(Field.number(Field.STREAM_ID), stream);
    }
  }

  private static void writeTail(CodedOutputStream out, ServiceId service, int connection)
      throws IOException {
    if (!service.isUnnamed()) {
      out.writeString(Field.number(Field.SERVICE_ID), service.name());
    }
    if (connection != 0) {
      out.writeUInt32(Field.number(Field.CONNECTION_ID), connection);
    }
  }
}
