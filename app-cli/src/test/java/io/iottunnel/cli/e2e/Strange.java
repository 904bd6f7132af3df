package io.iottunnel.cli.e2e;

import com.google.protobuf.ByteString;
import io.iottunnel.testkit.emulator.TunnelEnd;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What no good service sends, or not at that time.
 *
 * @param what in words
 * @param from does it, as the service, to one end
 */
record Strange(String what, Consumer<TunnelEnd> from) {

  private static final String SERVICE = "SSH1";
  private static final int STREAM = 1_000_000;

  /** What either end survives within its session. */
  static final List<Strange> HARMLESS =
      List.of(
          new Strange("the services again", TunnelEnd::sendServiceIds),
          message("a reset of the session", Message.of(MessageType.SESSION_RESET, "", 0, 0)),
          message("a reset of no stream", of(MessageType.STREAM_RESET, STREAM, 0)),
          message("a reset of no connection", of(MessageType.CONNECTION_RESET, STREAM, 7)),
          message(
              "a reset for no service", Message.of(MessageType.STREAM_RESET, "NOBODY", STREAM, 0)),
          message("bytes for no service", data(Message.of(MessageType.DATA, "NOBODY", STREAM, 1))),
          message("bytes without a service", data(Message.of(MessageType.DATA, "", STREAM, 1))),
          message("bytes of no stream", data(of(MessageType.DATA, STREAM, 1))),
          message("bytes without a stream", data(of(MessageType.DATA, 0, 1))),
          message("bytes without a connection", data(of(MessageType.DATA, STREAM, 0))),
          message("no bytes at all", of(MessageType.DATA, STREAM, 1)),
          message(
              "an unknown type that may be ignored",
              of(MessageType.DATA, STREAM, 1).withTypeNumber(99, true)),
          new Strange(
              "an unknown field",
              end -> end.sendBytes(withUnknownField(of(MessageType.STREAM_RESET, STREAM, 0)))),
          new Strange("a message in frames of one byte", end -> inSingleBytes(end, STREAM)),
          new Strange("an empty frame", end -> end.sendFrame(Frame.binary(new byte[0]))),
          new Strange("a pong to nothing", end -> end.sendFrame(pong("nothing"))),
          new Strange(
              "two pings at once",
              end -> {
                byte[] first = bytes("first");
                byte[] second = bytes("second");
                end.ping(first);
                end.ping(second);
                end.awaitPong(first);
                end.awaitPong(second);
              }));

  /** What a destination survives beyond that. */
  static final List<Strange> HARMLESS_TO_A_DESTINATION =
      List.of(
          new Strange(
              "a start and its bytes in one frame",
              end ->
                  end.sendBytes(
                      join(
                          of(MessageType.STREAM_START, STREAM, 1).encode(),
                          data(of(MessageType.DATA, STREAM, 1)).encode()))),
          message("the same stream again", of(MessageType.STREAM_START, STREAM, 1)),
          message("another stream", of(MessageType.STREAM_START, STREAM + 1, 1)),
          message("a connection more", of(MessageType.CONNECTION_START, STREAM + 1, 2)),
          message("an open connection again", of(MessageType.CONNECTION_START, STREAM + 1, 2)),
          message("a connection without an id", of(MessageType.CONNECTION_START, STREAM + 1, 0)),
          message("a start without a stream", of(MessageType.STREAM_START, 0, 1)),
          message(
              "a start for no service",
              Message.of(MessageType.STREAM_START, "NOBODY", STREAM + 2, 1)),
          message("the end of that stream", of(MessageType.STREAM_RESET, STREAM + 1, 0)),
          message("a connection of no stream", of(MessageType.CONNECTION_START, STREAM + 3, 5)),
          message("the end of that stream, too", of(MessageType.STREAM_RESET, STREAM + 3, 0)));

  /** What ends a session, so that another one is opened. */
  static final List<Strange> ENDS_THE_SESSION =
      List.of(
          message(
              "an unknown type that may not be ignored",
              of(MessageType.DATA, STREAM, 1).withTypeNumber(99, false)),
          new Strange("an empty message", end -> end.sendBytes(new byte[] {0, 0})),
          new Strange("bytes that do not parse", end -> end.sendBytes(lying(0x0f, 0xff))),
          new Strange("a length that lies", end -> end.sendBytes(lying(0x22, 0x7f))),
          message("other services", Message.serviceIds(List.of(SERVICE, "WEB", "ANOTHER"))),
          new Strange("a text", end -> end.sendFrame(Frame.of(Frame.TEXT, bytes("hello")))),
          new Strange(
              "a frame that is too long", end -> end.sendFrame(Frame.binary(new byte[131_077]))),
          new Strange("a reserved bit", end -> end.sendFrame(reservedBit())),
          new Strange("a frame of no kind", end -> end.sendFrame(Frame.of(0x5, bytes("?")))),
          new Strange("going away", end -> end.close(1001, "going away")),
          new Strange("an error of the service", end -> end.close(1011, "out of order")));

  /** What makes a source open another session. */
  static final List<Strange> ENDS_THE_SESSION_OF_A_SOURCE =
      List.of(
          message("a start of a stream", of(MessageType.STREAM_START, STREAM, 1)),
          message("a start of a connection", of(MessageType.CONNECTION_START, STREAM, 1)));

  private static Strange message(String what, Message message) {
    return new Strange(what, end -> end.send(message));
  }

  private static Message of(MessageType type, int stream, int connection) {
    return Message.of(type, SERVICE, stream, connection);
  }

  private static Message data(Message message) {
    return message.withPayload(ByteString.copyFromUtf8("strange"));
  }

  /** Two bytes of protobuf, of which the second one is not followed by what it promises. */
  private static byte[] lying(int first, int second) {
    return new byte[] {0, 2, (byte) first, (byte) second};
  }

  /** Field 15, a number, is in no schema. */
  private static byte[] withUnknownField(Message message) {
    byte[] bytes = message.encode();
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 2);
    longer[bytes.length] = 15 << 3;
    longer[bytes.length + 1] = 1;
    longer[1] = (byte) (longer[1] + 2);
    return longer;
  }

  private static void inSingleBytes(TunnelEnd end, int stream) {
    for (byte each : of(MessageType.STREAM_RESET, stream, 0).encode()) {
      end.sendBytes(new byte[] {each});
    }
  }

  private static Frame pong(String payload) {
    return Frame.of(Frame.PONG, bytes(payload));
  }

  private static Frame reservedBit() {
    return new Frame(true, 4, Frame.BINARY, false, bytes("?"));
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return what;
  }
}
