package io.iottunnel.testkit.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams of which a destination hears in the middle, as after it was started again. */
class AdoptedStreamsTest {

  @Test
  void whatIsSaidOfAStreamBeforeItsStartSaysNothingOfItsDialect() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start()) {
      TunnelEnd end = service.openTunnel("A").destination();
      try (RawClient destination = RawClient.session(service, end)) {
        end.send(Message.of(MessageType.CONNECTION_RESET, "A", 2, 0));
        end.send(data(2), Message.of(MessageType.CONNECTION_START, "A", 2, 3));
        destination.send(Message.of(MessageType.CONNECTION_RESET, "A", 2, 2), data(3));
        end.awaitMessage(MessageType.DATA);
        assertEquals(List.of(), service.breaches());

        destination.send(data(0));
        service.takeBreaches(Rule.ONE_DIALECT_PER_STREAM);
      }
    }
  }

  @Test
  void whatIsSaidWithoutAConnectionIdMayMeanTheFirst() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start()) {
      TunnelEnd end = service.openTunnel("A").destination();
      try (RawClient destination = RawClient.session(service, end)) {
        end.send(Message.of(MessageType.CONNECTION_START, "A", 2, 3), data(0));
        destination.send(Message.of(MessageType.CONNECTION_RESET, "A", 2, 1));
        end.awaitMessage(MessageType.CONNECTION_RESET);
        assertEquals(List.of(), service.breaches());

        destination.send(Message.of(MessageType.CONNECTION_RESET, "A", 2, 2));
        service.takeBreaches(Rule.STARTED_BEFORE_RESET);
      }
    }
  }

  private static Message data(int connection) {
    return Message.data("A", 2, connection, ByteString.copyFromUtf8("x"));
  }
}
