package io.iottunnel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Message;
import io.iottunnel.domain.tunnel.WireLimits;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.testkit.wire.MessageType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the writer writes and the reader reads is what the test-kit, which has a codec of its own,
 * understands.
 */
class MessageCodecTest {

  private final MessageWriter writer = new MessageWriter();

  @Property
  void whatIsWrittenIsWhatTheTestKitReads(@ForAll("sendable") Message message) throws Exception {
    byte[] bytes = bytes(writer.write(message));

    assertEquals(bytes.length - 2, ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff));
    assertEquals(kit(message), io.iottunnel.testkit.wire.Message.parse(bytes, 2, bytes.length - 2));
  }

  @Property
  void fieldsAreWrittenInTheOrderThatProtobufWritesThem(@ForAll("sendable") Message message) {
    assertEquals(hex(kit(message).encode()), hex(bytes(writer.write(message))));
  }

  @Property
  void messagesAreFoundHoweverTheirBytesAreCutIntoFrames(
      @ForAll("conversations") List<Message> messages,
      @ForAll @IntRange(min = 1, max = 70_000) int longestFrame,
      @ForAll long seed)
      throws Exception {
    byte[] all = joined(messages);
    Random random = new Random(seed);
    List<Message> read = new ArrayList<>();
    MessageReader reader = new MessageReader(WireLimits.DEFAULTS.message());
    for (int at = 0; at < all.length; ) {
      int size = Math.min(all.length - at, 1 + random.nextInt(longestFrame));
      ByteBuffer frame = ByteBuffer.wrap(all, at, size).slice();
      reader.read(frame, message -> read.add(kept(message)));
      assertEquals(0, frame.remaining());
      at += size;
    }

    assertEquals(messages, read);
  }

  @Property
  void anyBytesAreMessagesOrNonsenseAndNothingElse(@ForAll byte[] bytes) {
    MessageReader reader = new MessageReader(WireLimits.DEFAULTS.message());
    try {
      reader.read(ByteBuffer.wrap(framed(bytes)), message -> {});
    } catch (NonsenseException nonsense) {
      assertTrue(nonsense.getMessage().length() > 10, nonsense.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 104})
  void aMessageLongerThanAllowedIsNonsenseWhereverItsFrameIsCut(int cut) {
    MessageReader reader = new MessageReader(100);
    byte[] bytes = new byte[104];
    bytes[1] = 101;

    assertThrows(
        NonsenseException.class,
        () -> {
          reader.read(ByteBuffer.wrap(bytes, 0, cut).slice(), message -> {});
          reader.read(ByteBuffer.wrap(bytes, cut, 104 - cut).slice(), message -> {});
        });
  }

  @Test
  void aPayloadReadIntoARoomyBufferIsNotCopied() {
    ByteBuffer payload = new ReadBuffers(Message.MAX_PAYLOAD).take();
    payload.put("hello".getBytes(StandardCharsets.US_ASCII));
    ReadBuffers.flip(payload);

    ByteBuffer frame = writer.write(new Message.Data(new ServiceId("SSH1"), 7, 2, payload));

    assertTrue(frame.array() == payload.array());
    assertTrue(frame.position() >= TunnelSession.HEADROOM);
    assertEquals(
        hex(
            io.iottunnel.testkit.wire.Message.data("SSH1", 7, 2, ByteString.copyFromUtf8("hello"))
                .encode()),
        hex(bytes(frame)));
  }

  @Test
  void theLargestPayloadWithTheLongestServiceIdFitsTheRoomAroundIt() throws Exception {
    ByteBuffer payload = new ReadBuffers(Message.MAX_PAYLOAD).take();
    payload.position(payload.limit());
    ReadBuffers.flip(payload);
    ServiceId service = new ServiceId("s".repeat(512));

    ByteBuffer frame =
        writer.write(new Message.Data(service, Integer.MAX_VALUE, Integer.MAX_VALUE, payload));

    assertTrue(frame.array() == payload.array());
    byte[] bytes = bytes(frame);
    assertEquals(
        Message.MAX_PAYLOAD,
        io.iottunnel.testkit.wire.Message.parse(bytes, 2, bytes.length - 2).payload().size());
  }

  @Test
  void aPayloadWithoutRoomAroundItIsCopied() {
    ByteBuffer payload = ByteBuffer.wrap(new byte[] {1, 2, 3});

    ByteBuffer frame = writer.write(new Message.Data(ServiceId.UNNAMED, 1, 0, payload));

    assertTrue(frame.array() != payload.array());
    assertEquals(3, payload.remaining());
    assertTrue(frame.position() >= TunnelSession.HEADROOM);
  }

  @Test
  void aKnownFieldOfTheWrongWireTypeIsNonsense() {
    assertNonsense("field 1", 0x0a, 0x01, 0x01);
  }

  @Test
  void aPayloadLongerThanItsMessageIsNonsense() {
    assertNonsense("does not parse", 0x08, 0x01, 0x22, 0x7f, 0x01);
  }

  @Test
  void aNegativeLengthIsNonsense() {
    assertNonsense("does not parse", 0x22, 0xff, 0xff, 0xff, 0xff, 0x0f);
  }

  @Test
  void aServiceIdThatIsNotUtf8IsNonsense() {
    assertNonsense("does not parse", 0x2a, 0x01, 0xff);
  }

  @Test
  void aFieldThatIsNotKnownIsPassedOver() throws Exception {
    List<Message> read = read(framed(0x08, 0x04, 0x42, 0x01, 0x78));

    assertEquals(List.of(new Message.SessionReset()), read);
  }

  @Test
  void anUnknownTypeIsToldWithWhetherItMayBeIgnored() throws Exception {
    assertEquals(List.of(new Message.Unknown(99, true)), read(framed(0x08, 99, 0x18, 0x01)));
    assertEquals(List.of(new Message.Unknown(99, false)), read(framed(0x08, 99)));
    assertEquals(List.of(new Message.Unknown(0, false)), read(framed()));
  }

  @Test
  void aClientNeverWritesWhatOnlyTheServiceMaySay() {
    assertThrows(IllegalStateException.class, () -> writer.write(new Message.SessionReset()));
    assertThrows(
        IllegalStateException.class, () -> writer.write(new Message.ServiceIds(List.of())));
    assertThrows(IllegalStateException.class, () -> writer.write(new Message.Unknown(9, true)));
  }

  private static void assertNonsense(String why, int... message) {
    NonsenseException nonsense = assertThrows(NonsenseException.class, () -> read(framed(message)));
    assertTrue(nonsense.getMessage().contains(why), nonsense.getMessage());
  }

  @Provide
  Arbitrary<Message> sendable() {
    Arbitrary<ServiceId> services =
        Arbitraries.of("", "SSH1", "a.dotted-id:x_1", "é").map(ServiceId::new);
    Arbitrary<Integer> ids = Arbitraries.integers().between(0, Integer.MAX_VALUE);
    Arbitrary<ByteBuffer> payloads =
        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(300).map(ByteBuffer::wrap);
    return Arbitraries.oneOf(
        Combinators.combine(services, ids, ids, payloads)
            .as(
                (service, stream, id, payload) ->
                    (Message) new Message.Data(service, stream, id, payload)),
        Combinators.combine(services, ids, ids).as(Message.StreamStart::new),
        Combinators.combine(services, ids, ids).as(Message.ConnectionStart::new),
        Combinators.combine(services, ids).as(Message.StreamReset::new),
        Combinators.combine(services, ids, ids).as(Message.ConnectionReset::new));
  }

  @Provide
  Arbitrary<List<Message>> conversations() {
    return sendable().list().ofMaxSize(20);
  }

  private byte[] joined(List<Message> messages) {
    ByteBuffer all = ByteBuffer.allocate(20 * 1024);
    messages.forEach(message -> all.put(writer.write(message)));
    return Arrays.copyOf(all.array(), all.position());
  }

  /** A message whose payload outlives the call. */
  private static Message kept(Message message) {
    if (message instanceof Message.Data data) {
      ByteBuffer copy = ByteBuffer.allocate(data.payload().remaining()).put(data.payload()).flip();
      return new Message.Data(data.service(), data.stream(), data.connection(), copy);
    }
    return message;
  }

  private static io.iottunnel.testkit.wire.Message kit(Message message) {
    return message.match(
        new Message.Cases<>() {
          private io.iottunnel.testkit.wire.Message of(
              MessageType type, ServiceId service, int stream, int connection) {
            return io.iottunnel.testkit.wire.Message.of(type, service.name(), stream, connection);
          }

          @Override
          public io.iottunnel.testkit.wire.Message data(Message.Data m) {
            return of(MessageType.DATA, m.service(), m.stream(), m.connection())
                .withPayload(ByteString.copyFrom(m.payload().duplicate()));
          }

          @Override
          public io.iottunnel.testkit.wire.Message streamStart(Message.StreamStart m) {
            return of(MessageType.STREAM_START, m.service(), m.stream(), m.connection());
          }

          @Override
          public io.iottunnel.testkit.wire.Message connectionStart(Message.ConnectionStart m) {
            return of(MessageType.CONNECTION_START, m.service(), m.stream(), m.connection());
          }

          @Override
          public io.iottunnel.testkit.wire.Message streamReset(Message.StreamReset m) {
            return of(MessageType.STREAM_RESET, m.service(), m.stream(), 0);
          }

          @Override
          public io.iottunnel.testkit.wire.Message connectionReset(Message.ConnectionReset m) {
            return of(MessageType.CONNECTION_RESET, m.service(), m.stream(), m.connection());
          }

          @Override
          public io.iottunnel.testkit.wire.Message sessionReset(Message.SessionReset m) {
            throw new AssertionError("never sent");
          }

          @Override
          public io.iottunnel.testkit.wire.Message serviceIds(Message.ServiceIds m) {
            throw new AssertionError("never sent");
          }

          @Override
          public io.iottunnel.testkit.wire.Message unknown(Message.Unknown m) {
            throw new AssertionError("never sent");
          }
        });
  }

  private static List<Message> read(byte[] bytes) throws NonsenseException {
    List<Message> read = new ArrayList<>();
    new MessageReader(WireLimits.DEFAULTS.message()).read(ByteBuffer.wrap(bytes), read::add);
    return read;
  }

  private static byte[] framed(int... message) {
    byte[] bytes = new byte[message.length];
    for (int i = 0; i < message.length; i++) {
      bytes[i] = (byte) message[i];
    }
    return framed(bytes);
  }

  private static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(2 + message.length)
        .putShort((short) message.length)
        .put(message)
        .array();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
