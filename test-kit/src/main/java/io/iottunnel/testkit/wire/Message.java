package io.iottunnel.testkit.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One message of the tunnel as it stands on the wire, valid or not. The product has a codec of its
 * own, which this one shares nothing with: a mistake made once must not pass because it was made
 * twice.
 *
 * @param typeNumber field 1; may be a number that {@link MessageType} does not know
 * @param serviceId field 5; empty where absent
 * @param streamId field 2; 0 where absent
 * @param connectionId field 7, unsigned; 0 where absent
 * @param payload field 4; empty where absent
 * @param availableServiceIds field 6
 * @param ignorable field 3
 * @param unknownFields the numbers of further fields, and of known ones in a wrong wire type, in
 *     ascending order; they are seen when parsing and not written when encoding
 */
public record Message(
    int typeNumber,
    String serviceId,
    int streamId,
    int connectionId,
    ByteString payload,
    List<String> availableServiceIds,
    boolean ignorable,
    List<Integer> unknownFields) {

  /** The most bytes that one message may have on the wire, behind its length. */
  public static final int MAX_LENGTH = 65_535;

  public Message {
    availableServiceIds = List.copyOf(availableServiceIds);
    unknownFields = List.copyOf(unknownFields);
  }

  /** A message of this type that names a service, a stream and a connection. */
  public static Message of(MessageType type, String serviceId, int streamId, int connectionId) {
    return new Message(
        type.number(),
        serviceId,
        streamId,
        connectionId,
        ByteString.EMPTY,
        List.of(),
        false,
        List.of());
  }

  /** DATA that carries {@code payload}. */
  public static Message data(String serviceId, int streamId, int connectionId, ByteString payload) {
    return of(MessageType.DATA, serviceId, streamId, connectionId).withPayload(payload);
  }

  /** What the service says first: the services of the tunnel. */
  public static Message serviceIds(List<String> services) {
    return new Message(
        MessageType.SERVICE_IDS.number(), "", 0, 0, ByteString.EMPTY, services, false, List.of());
  }

  /** This message with another payload. */
  public Message withPayload(ByteString other) {
    return new Message(
        typeNumber,
        serviceId,
        streamId,
        connectionId,
        other,
        availableServiceIds,
        ignorable,
        unknownFields);
  }

  /** This message with another number for its type, known or not. */
  public Message withTypeNumber(int number, boolean canBeIgnored) {
    return new Message(
        number,
        serviceId,
        streamId,
        connectionId,
        payload,
        availableServiceIds,
        canBeIgnored,
        unknownFields);
  }

  /** The type, where its number is known. */
  public Optional<MessageType> type() {
    return MessageType.of(typeNumber);
  }

  /** Whether this message is of that type. */
  public boolean is(MessageType type) {
    return typeNumber == type.number();
  }

  /** The message as it travels: two bytes of length, then the fields that are present. */
  public byte[] encode() {
    int length = writtenSize();
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a message has at most " + MAX_LENGTH + " bytes, not " + length);
    }
    byte[] bytes = new byte[2 + length];
    bytes[0] = (byte) (length >>> 8);
    bytes[1] = (byte) length;
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes, 2, length);
      write(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("writing into an array of the computed size", e);
    }
    return bytes;
  }

  private int writtenSize() {
    int size = 0;
    size += typeNumber == 0 ? 0 : CodedOutputStream.computeEnumSize(1, typeNumber);
    size += streamId == 0 ? 0 : CodedOutputStream.computeInt32Size(2, streamId);
    size += ignorable ? CodedOutputStream.computeBoolSize(3, true) : 0;
    size += payload.isEmpty() ? 0 : CodedOutputStream.computeBytesSize(4, payload);
    size += serviceId.isEmpty() ? 0 : CodedOutputStream.computeStringSize(5, serviceId);
    for (String service : availableServiceIds) {
      size += CodedOutputStream.computeStringSize(6, service);
    }
    size += connectionId == 0 ? 0 : CodedOutputStream.computeUInt32Size(7, connectionId);
    return size;
  }

  private void write(CodedOutputStream out) throws IOException {
    if (typeNumber != 0) {
      out.writeEnum(1, typeNumber);
    }
    if (streamId != 0) {
      out.writeInt32(2, streamId);
    }
    if (ignorable) {
      out.writeBool(3, true);
    }
    if (!payload.isEmpty()) {
      out.writeBytes(4, payload);
    }
    if (!serviceId.isEmpty()) {
      out.writeString(5, serviceId);
    }
    for (String service : availableServiceIds) {
      out.writeString(6, service);
    }
    if (connectionId != 0) {
      out.writeUInt32(7, connectionId);
    }
  }

  /**
   * Parses the fields of one message, without the length in front.
   *
   * @param bytes not copied: the payload refers to it, so it must not change afterwards
   * @throws IOException if the bytes are not a protobuf message
   */
  public static Message parse(byte[] bytes, int offset, int length) throws IOException {
    CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes, offset, length).newCodedInput();
    in.enableAliasing(true);
    int type = 0;
    int stream = 0;
    int connection = 0;
    boolean ignorable = false;
    ByteString payload = ByteString.EMPTY;
    String service = "";
    List<String> available = new ArrayList<>();
    TreeSet<Integer> unknown = new TreeSet<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case (1 << 3) | WireFormat.WIRETYPE_VARINT -> type = in.readEnum();
        case (2 << 3) | WireFormat.WIRETYPE_VARINT -> stream = in.readInt32();
        case (3 << 3) | WireFormat.WIRETYPE_VARINT -> ignorable = in.readBool();
        case (4 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED -> payload = in.readBytes();
        case (5 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
            service = in.readStringRequireUtf8();
        case (6 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
            available.add(in.readStringRequireUtf8());
        case (7 << 3) | WireFormat.WIRETYPE_VARINT -> connection = in.readUInt32();
        default -> {
          unknown.add(WireFormat.getTagFieldNumber(tag));
          if (!in.skipField(tag)) {
            throw new IOException("a group ends that never began");
          }
        }
      }
    }
    return new Message(
        type, service, stream, connection, payload, available, ignorable, List.copyOf(unknown));
  }

  /** For people, such as {@code DATA SSH1/7#2 1460 B}. */
  @Override
  public String toString() {
    return type().map(MessageType::name).orElse("type " + typeNumber)
        + " "
        + (serviceId.isEmpty() ? "(unnamed)" : serviceId)
        + "/"
        + streamId
        + "#"
        + Integer.toUnsignedString(connectionId)
        + (availableServiceIds.isEmpty() ? "" : " " + availableServiceIds)
        + (payload.isEmpty() ? "" : " " + payload.size() + " B")
        + (unknownFields.isEmpty() ? "" : " unknown fields " + unknownFields);
  }
}
