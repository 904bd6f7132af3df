package io.iottunnel.engine;

import com.google.protobuf.CodedInputStream;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds messages in frames: their payloads, joined, are one stream of messages, each behind its
 * length in two bytes. Frame boundaries mean nothing. A message that lies whole in a frame is not
 * copied.
 *
 * <p>One reader per session, confined to the loop.
 */
final class MessageReader {

  private static final int LENGTH_SIZE = 2;
  private static final int LONGEST_SERVICE_ID = 512;
  private static final ByteBuffer NO_PAYLOAD = ByteBuffer.allocate(0);

  private final int longest;

  /** The beginning of a message whose end is in a frame to come: ready to be written to. */
  private ByteBuffer begun = ByteBuffer.allocate(0);

  private boolean hasBegun;

  /**
   * @param longest how many bytes a message may have behind its length
   */
  MessageReader(int longest) {
    this.longest = longest;
  }

  /**
   * Takes a frame, or a part of one.
   *
   * @param frame is read to its end; payloads of the messages are slices of it
   * @param each is told of every message as it is found; a payload is valid during the call only
   * @throws NonsenseException at the first bytes that are no message; the reader is of no use after
   *     that
   */
  void read(ByteBuffer frame, Consumer<Message> each) throws NonsenseException {
    while (hasBegun && frame.hasRemaining()) {
      complete(frame, each);
    }
    while (frame.remaining() >= LENGTH_SIZE) {
      int length = lengthAt(frame, frame.position());
      if (frame.remaining() < LENGTH_SIZE + length) {
        break;
      }
      frame.position(frame.position() + LENGTH_SIZE);
      each.accept(parse(frame.slice(frame.position(), length)));
      frame.position(frame.position() + length);
    }
    if (frame.hasRemaining()) {
      begin(frame);
    }
  }

  private void begin(ByteBuffer rest) throws NonsenseException {
    int needed =
        rest.remaining() < LENGTH_SIZE
            ? LENGTH_SIZE
            : LENGTH_SIZE + lengthAt(rest, rest.position());
    begun = ByteBuffer.allocate(needed);
    begun.put(rest);
    hasBegun = true;
  }

  private void complete(ByteBuffer frame, Consumer<Message> each) throws NonsenseException {
    int take = Math.min(begun.remaining(), frame.remaining());
    begun.put(frame.slice(frame.position(), take));
    frame.position(frame.position() + take);
    if (begun.hasRemaining()) {
      return;
    }
    int whole = LENGTH_SIZE + lengthAt(begun, 0);
    if (begun.capacity() < whole) {
      begun = ByteBuffer.allocate(whole).put(begun.flip());
      return;
    }
    hasBegun = false;
    each.accept(parse(begun.slice(LENGTH_SIZE, whole - LENGTH_SIZE)));
  }

  private int lengthAt(ByteBuffer bytes, int index) throws NonsenseException {
    int length = (bytes.get(index) & 0xff) << 8 | (bytes.get(index + 1) & 0xff);
    if (length > longest) {
      throw new NonsenseException(
          "a message of %d bytes, and at most %d are allowed".formatted(length, longest));
    }
    return length;
  }

  private static Message parse(ByteBuffer bytes) throws NonsenseException {
    int type = 0;
    int stream = 0;
    boolean ignorable = false;
    ByteBuffer payload = NO_PAYLOAD;
    ServiceId service = ServiceId.UNNAMED;
    List<ServiceId> services = new ArrayList<>(0);
    int connection = 0;
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes.duplicate());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == Field.TYPE) {
          type = in.readEnum();
        } else if (tag == Field.STREAM_ID) {
          stream = in.readInt32();
        } else if (tag == Field.IGNORABLE) {
          ignorable = in.readBool();
        } else if (tag == Field.PAYLOAD) {
          payload = slice(in, bytes);
        } else if (tag == Field.SERVICE_ID) {
          service = serviceId(in);
        } else if (tag == Field.AVAILABLE_SERVICE_IDS) {
          services.add(serviceId(in));
        } else if (tag == Field.CONNECTION_ID) {
          connection = in.readUInt32();
        } else {
          skip(in, tag);
        }
      }
    } catch (IOException e) {
      throw new NonsenseException(
          "a message of " + bytes.limit() + " bytes does not parse (" + e.getMessage() + ")", e);
    }
    return switch (type) {
      case Field.DATA -> new Message.Data(service, stream, connection, payload);
      case Field.STREAM_START -> new Message.StreamStart(service, stream, connection);
      case Field.STREAM_RESET -> new Message.StreamReset(service, stream);
      case Field.SESSION_RESET -> new Message.SessionReset();
      case Field.SERVICE_IDS -> new Message.ServiceIds(services);
      case Field.CONNECTION_START -> new Message.ConnectionStart(service, stream, connection);
      case Field.CONNECTION_RESET -> new Message.ConnectionReset(service, stream, connection);
      default -> new Message.Unknown(type, ignorable);
    };
  }

  private static ByteBuffer slice(CodedInputStream in, ByteBuffer bytes) throws IOException {
    int length = in.readRawVarint32();
    int from = in.getTotalBytesRead();
    in.skipRawBytes(length);
    return bytes.slice(from, length);
  }

  private static ServiceId serviceId(CodedInputStream in) throws IOException, NonsenseException {
    String name = in.readStringRequireUtf8();
    if (name.length() > LONGEST_SERVICE_ID) {
      throw new NonsenseException("a service id of " + name.length() + " characters");
    }
    return new ServiceId(name);
  }

  /**
   * A field that this build does not know, or a known one in a form that proto3 does not give it.
   */
  private static void skip(CodedInputStream in, int tag) throws IOException, NonsenseException {
    int number = Field.number(tag);
    if (number >= 1 && number <= Field.number(Field.CONNECTION_ID)) {
      throw new NonsenseException("field " + number + " of a message has the wrong wire type");
    }
    if (!in.skipField(tag)) {
      throw new NonsenseException("a message has an end of a group that never began");
    }
  }
}
