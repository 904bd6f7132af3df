package io.iottunnel.testkit.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A judge that overlooks a breach is worse than none, so each rule is broken once on purpose. */
class JudgeTest {

  private static final String CLIENT_TOKEN = "client-token: 0123456789abcdef0123456789abcdef";
  private static final ByteString HELLO = ByteString.copyFromUtf8("hello");

  private ServiceEmulator service;
  private Tunnel tunnel;

  @BeforeEach
  void start() {
    service = ServiceEmulator.start();
    tunnel = service.openTunnel("A", "B");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void everyBreachIsFoundByItsNameAndNoOther(Rule rule) throws IOException {
    try (RawClient culprit = breaking(rule)) {
      Set<Rule> found =
          service.takeBreaches(rule).stream().map(Breach::rule).collect(Collectors.toSet());

      assertEquals(EnumSet.of(rule), found);
      if (culprit.head().startsWith("HTTP/1.1 101") && rule.isEnforced()) {
        assertDropped(culprit, rule);
      }
    }
  }

  private static void assertDropped(RawClient client, Rule rule) throws IOException {
    if (rule == Rule.CLIENT_TOKEN_CONSTANT || rule == Rule.NOTHING_AFTER_CLOSE) {
      return; // refused, or closed already
    }
    Frame frame = client.readFrame();
    while (frame.opcode() != Frame.CLOSE) {
      frame = client.readFrame();
    }
    assertEquals(rule.name(), frame.closeReason());
  }

  private RawClient breaking(Rule rule) throws IOException {
    return switch (rule) {
      case REQUEST_SIZE -> request("x-padding: " + "x".repeat(4096));
      case REQUEST_FORM -> request("Host: twice");
      case REQUEST_TARGET -> changedRequest("/tunnel?", "/other?");
      case SUBPROTOCOL -> changedRequest("securetunneling-3.0", "securetunneling-9.0");
      case ONE_ACCESS_TOKEN -> request("access-token: another");
      case NO_TOKEN_COOKIE -> request("Cookie: awsiot-tunnel-token=x");
      case CLIENT_TOKEN_FORM -> request("client-token: too-short");
      case CLIENT_TOKEN_CONSTANT -> {
        RawClient.session(service, tunnel.source(), CLIENT_TOKEN).close();
        yield request(CLIENT_TOKEN + "-and-more");
      }
      case MASKED -> source(Frame.binary(start("A", 1, 1).encode()));
      case RESERVED_BITS -> source(new Frame(true, 4, Frame.BINARY, true, new byte[0]));
      case KNOWN_OPCODE -> source(Frame.of(0xB, new byte[0]).masked());
      case BINARY_ONLY -> source(Frame.of(Frame.TEXT, new byte[] {'x'}).masked());
      case FRAGMENTS_IN_ORDER -> source(Frame.of(Frame.CONTINUATION, new byte[0]).masked());
      case FRAME_SIZE -> source(tooLargeFrame());
      case CONTROL_FRAME_FORM -> source(Frame.of(Frame.PING, new byte[126]).masked());
      case NOTHING_AFTER_CLOSE ->
          source(Frame.close(1000, "").masked(), Frame.binary(start("A", 1, 1).encode()).masked());
      case PONG_ONCE -> source(Frame.of(Frame.PONG, new byte[] {1}).masked());
      case WELL_FORMED -> source(Frame.binary(new byte[] {0, 2, 0x22, 0x7f}).masked());
      case NO_UNKNOWN_FIELD -> source(Frame.binary(withUnknownField()).masked());
      case CLIENT_TYPES_ONLY -> source(Message.of(MessageType.SESSION_RESET, "", 0, 0));
      case PAYLOAD_SIZE ->
          source(start("A", 1, 1), Message.data("A", 1, 1, ByteString.copyFrom(new byte[64_513])));
      case STREAM_ID_POSITIVE -> source(start("A", 0, 1));
      case KNOWN_SERVICE -> source(start("C", 1, 1));
      case ONLY_DATA_SHARES_FRAMES -> {
        RawClient client = source();
        client.sendTogether(start("A", 1, 1), Message.data("A", 1, 1, HELLO));
        yield client;
      }
      case AFTER_SERVICE_IDS -> {
        service.close();
        service = ServiceEmulator.builder().withholdServiceIds().start();
        tunnel = service.openTunnel("A");
        RawClient client = RawClient.upgrade(service, tunnel.source());
        client.send(start("A", 1, 1));
        yield client;
      }
      case DESTINATION_NEVER_STARTS -> destination(start("A", 1, 1));
      case STARTED_BEFORE_DATA -> source(Message.data("A", 1, 1, HELLO));
      case STARTED_BEFORE_RESET -> destination(connectionReset("A", 1, 1));
      case NAMES_DO_NOT_ALTERNATE -> source(start("A", 1, 1), start("", 1, 0));
      case STREAM_IDS_COUNT_UP -> {
        RawClient first = RawClient.session(service, tunnel.source(), CLIENT_TOKEN);
        first.send(start("A", 1, 1));
        tunnel.source().awaitMessage(MessageType.STREAM_START);
        first.close();
        RawClient again = RawClient.session(service, tunnel.source(), CLIENT_TOKEN);
        again.send(start("A", 1, 1));
        yield again;
      }
      case ONE_STREAM_AT_A_TIME -> source(start("A", 1, 0), start("A", 2, 0));
      case CONNECTION_IDS_COUNT_UP ->
          source(start("A", 1, 1), connectionStart("A", 1, 2), connectionStart("A", 1, 2));
      case CONNECTION_NEEDS_STREAM -> source(connectionStart("A", 1, 2));
      case ONE_DIALECT_PER_STREAM -> source(start("A", 1, 0), data("A", 1, 1));
      case V1_HAS_NO_CONNECTION_IDS -> source(start("", 1, 1));
      case NO_DATA_AFTER_RESET ->
          source(start("A", 1, 1), connectionReset("A", 1, 1), data("A", 1, 1));
      case ONE_RESET ->
          source(start("A", 1, 1), connectionReset("A", 1, 1), connectionReset("A", 1, 1));
    };
  }

  // The other ways to break a rule that has several.

  @Test
  void aSkippedPingIsFound() throws IOException {
    try (RawClient client = source()) {
      tunnel.source().ping(new byte[] {1});
      tunnel.source().ping(new byte[] {2});
      client.send(Frame.of(Frame.PONG, new byte[] {2}).masked());
      assertEquals(1, service.takeBreaches(Rule.PONG_ONCE).size());
    }
  }

  @Test
  void aPongThatIsSentTwiceIsFound() throws IOException {
    try (RawClient client = source()) {
      tunnel.source().ping(new byte[] {1});
      client.send(Frame.of(Frame.PONG, new byte[] {1}).masked());
      client.send(Frame.of(Frame.PONG, new byte[] {1}).masked());
      assertEquals(1, service.takeBreaches(Rule.PONG_ONCE).size());
    }
  }

  @Test
  void aMessageThatSharesAFrameWithThePartOfAnotherIsFound() throws IOException {
    try (RawClient client = source(start("A", 1, 1))) {
      byte[] data = data("A", 1, 1).encode();
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.writeBytes(connectionStart("A", 1, 2).encode());
      both.write(data, 0, 3);
      client.send(Frame.binary(both.toByteArray()).masked());
      assertEquals(1, service.takeBreaches(Rule.ONLY_DATA_SHARES_FRAMES).size());
    }
  }

  @Test
  void dataWithoutTheNameThatItsStreamHasIsFound() throws IOException {
    tunnel = service.openTunnel("SSH");
    try (RawClient client = source(start("SSH", 1, 0), data("", 1, 0))) {
      assertEquals(1, service.takeBreaches(Rule.NAMES_DO_NOT_ALTERNATE).size());
      assertDropped(client, Rule.NAMES_DO_NOT_ALTERNATE);
    }
  }

  @Test
  void dataOfAnUnknownConnectionIsFound() throws IOException {
    try (RawClient client = source(start("A", 1, 1), data("A", 1, 2))) {
      assertEquals(1, service.takeBreaches(Rule.STARTED_BEFORE_DATA).size());
      assertDropped(client, Rule.STARTED_BEFORE_DATA);
    }
  }

  @Test
  void aDestinationThatAnswersInAnotherDialectIsFound() throws IOException {
    try (RawClient client = destination()) {
      tunnel.destination().send(start("A", 4, 0));
      client.receive();
      client.send(data("A", 4, 1));
      service.takeBreaches(Rule.ONE_DIALECT_PER_STREAM);
      client.send(connectionReset("A", 4, 1));
      service.takeBreaches(Rule.ONE_DIALECT_PER_STREAM);
    }
  }

  @Test
  void theErrorListsWhatWasBrokenByWhom() throws IOException {
    try (RawClient client = source(Message.of(MessageType.UNKNOWN, "", 0, 0))) {
      assertDropped(client, Rule.CLIENT_TYPES_ONLY);
      AssertionError error = assertThrows(AssertionError.class, service::assertNoBreach);
      assertTrue(error.getMessage().contains("CLIENT_TYPES_ONLY"), error.getMessage());
      assertTrue(error.getMessage().contains("source of tunnel 1"), error.getMessage());
      service.takeBreaches(Rule.CLIENT_TYPES_ONLY);
    }
  }

  // What is lawful.

  @Test
  void aCleanV3SessionHasNoBreach() throws IOException {
    try (RawClient source = RawClient.session(service, tunnel.source(), CLIENT_TOKEN);
        RawClient destination = RawClient.session(service, tunnel.destination())) {
      source.send(start("A", 1, 1), start("B", 1, 1), connectionStart("A", 1, 2));
      source.sendTogether(data("A", 1, 2), data("B", 1, 1), data("A", 1, 1));
      for (int i = 0; i < 6; i++) {
        destination.receive();
      }
      destination.send(data("A", 1, 1), connectionReset("A", 1, 2), data("B", 1, 1));
      source.send(connectionReset("A", 1, 2), connectionReset("B", 1, 1));
      source.send(connectionStart("A", 1, 3), data("A", 1, 3));
      for (int i = 0; i < 3; i++) {
        source.receive();
      }
      tunnel.resetSession();
      source.receive();
      source.send(start("A", 2, 1), data("A", 2, 1));
      source.send(Frame.of(Frame.PING, new byte[125]).masked());
      assertEquals(Frame.PONG, source.readFrame().opcode());
      source.send(Frame.close(1000, "bye").masked());
      assertEquals(1000, source.readFrame().closeCode());
    }
    try (RawClient again = RawClient.session(service, tunnel.source(), CLIENT_TOKEN)) {
      again.send(start("A", 3, 1));
      tunnel.source().awaitMessage("stream 3", seen -> seen.message().streamId() == 3);
    }
  }

  @Test
  void aCleanV2SessionHasNoBreach() throws IOException {
    try (RawClient source = source();
        RawClient destination = destination()) {
      source.send(start("A", 1, 0), data("A", 1, 0), streamReset("A", 1));
      for (int i = 0; i < 3; i++) {
        destination.receive();
      }
      destination.send(data("A", 1, 0), streamReset("A", 1));
      source.receive();
      source.receive();
      source.send(start("A", 2, 0));
      assertEquals(start("A", 2, 0), destination.receive());
    }
  }

  @Test
  void aCleanV1SessionOfANamedServiceHasNoBreach() throws IOException {
    tunnel = service.openTunnel("SSH");
    try (RawClient source = source();
        RawClient destination = destination()) {
      source.send(start("", 1, 0), data("", 1, 0));
      destination.receive();
      destination.receive();
      destination.send(data("", 1, 0), streamReset("", 1));
      source.receive();
      source.receive();
      source.send(start("", 2, 0));
      assertEquals(start("", 2, 0), destination.receive());
    }
  }

  @Test
  void aDestinationMayResetWhatItNeverKnew() throws IOException {
    try (RawClient destination = destination()) {
      tunnel.destination().send(data("A", 7, 3));
      destination.receive();
      destination.send(connectionReset("A", 7, 3));
      tunnel.destination().awaitMessage(MessageType.CONNECTION_RESET);
    }
  }

  @Test
  void aDestinationAdoptsAStreamByItsConnectionStart() throws IOException {
    try (RawClient destination = destination()) {
      tunnel.destination().send(connectionStart("A", 7, 3), connectionStart("B", 8, 0));
      destination.receive();
      destination.receive();
      destination.send(data("B", 8, 1), data("A", 7, 3), connectionReset("A", 7, 3));
      tunnel.destination().awaitMessage(MessageType.CONNECTION_RESET);
    }
  }

  @Test
  void theResetOfAStreamThatIsNotKnownSaysNothingOfItsDialect() throws IOException {
    try (RawClient destination = destination()) {
      tunnel.destination().send(streamReset("A", 7), connectionStart("A", 7, 3));
      destination.receive();
      destination.receive();
      destination.send(data("A", 7, 3));
      tunnel.destination().awaitMessage(MessageType.DATA);
    }
  }

  @Test
  void anotherProcessStartsItsStreamsAnew() throws IOException {
    RawClient first = RawClient.session(service, tunnel.source(), CLIENT_TOKEN);
    first.send(start("A", 1, 1));
    tunnel.source().awaitMessage(MessageType.STREAM_START);
    first.close();
    tunnel.source().expectNewProcess();
    try (RawClient second = RawClient.session(service, tunnel.source(), CLIENT_TOKEN)) {
      second.send(start("A", 1, 1), connectionStart("A", 1, 2));
      tunnel.source().awaitMessage(MessageType.CONNECTION_START);
    }
  }

  private RawClient request(String moreLine) throws IOException {
    return RawClient.upgrade(service, tunnel.source(), moreLine);
  }

  private RawClient changedRequest(String what, String into) throws IOException {
    RawClient client = RawClient.connect(service);
    client.request(
        RawClient.upgradeRequest(Mode.SOURCE, tunnel.source().token()).replace(what, into));
    return client;
  }

  private RawClient source(Message... messages) throws IOException {
    RawClient client = RawClient.session(service, tunnel.source());
    client.send(messages);
    return client;
  }

  private RawClient source(Frame first, Frame... more) throws IOException {
    RawClient client = RawClient.session(service, tunnel.source());
    client.send(first);
    for (Frame frame : more) {
      client.send(frame);
    }
    return client;
  }

  private RawClient destination(Message... messages) throws IOException {
    RawClient client = RawClient.session(service, tunnel.destination());
    client.send(messages);
    return client;
  }

  private static Message start(String service, int stream, int connection) {
    return Message.of(MessageType.STREAM_START, service, stream, connection);
  }

  private static Message connectionStart(String service, int stream, int connection) {
    return Message.of(MessageType.CONNECTION_START, service, stream, connection);
  }

  private static Message data(String service, int stream, int connection) {
    return Message.data(service, stream, connection, HELLO);
  }

  private static Message streamReset(String service, int stream) {
    return Message.of(MessageType.STREAM_RESET, service, stream, 0);
  }

  private static Message connectionReset(String service, int stream, int connection) {
    return Message.of(MessageType.CONNECTION_RESET, service, stream, connection);
  }

  /** Three lawful messages that together are larger than a frame may be. */
  private static Frame tooLargeFrame() {
    return Frame.binary(new byte[131_077]).masked();
  }

  private static byte[] withUnknownField() {
    byte[] start = start("A", 1, 1).encode();
    byte[] more = Arrays.copyOf(start, start.length + 2);
    more[1] = (byte) (more[1] + 2);
    more[start.length] = 8 << 3; // field 8, a varint
    more[start.length + 1] = 1;
    return more;
  }
}
