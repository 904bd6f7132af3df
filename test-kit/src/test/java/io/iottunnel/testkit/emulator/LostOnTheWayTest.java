package io.iottunnel.testkit.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a source started and the service never heard of, or heard of too late, is no breach. */
class LostOnTheWayTest {

  @Test
  void aStartThatTheResetHasCrossedIsOverTooButNoOther() throws IOException {
    try (ServiceEmulator service = ServiceEmulator.start()) {
      Tunnel tunnel = service.openTunnel("A");
      try (RawClient source = RawClient.session(service, tunnel.source())) {
        source.send(start(1));
        tunnel.source().awaitMessage(MessageType.STREAM_START);
        tunnel.source().send(Message.of(MessageType.SESSION_RESET, "", 0, 0));

        source.send(start(2), start(3));
        awaitStart(tunnel, 3);
        assertEquals(List.of(), service.breaches());

        source.send(start(4));
        service.takeBreaches(Rule.ONE_STREAM_AT_A_TIME);
      }
    }
  }

  @Test
  void startsThatWereLostWithTheirSessionLeaveAGapAtTheFirstOfTheNext() throws IOException {
    String token = "client-token: " + Secrets.token();
    try (ServiceEmulator service = ServiceEmulator.start()) {
      Tunnel tunnel = service.openTunnel("A");
      try (RawClient source = RawClient.session(service, tunnel.source(), token)) {
        source.send(start(1));
        awaitStart(tunnel, 1);
      }
      try (RawClient source = RawClient.session(service, tunnel.source(), token)) {
        source.send(start(3));
        awaitStart(tunnel, 3);
        assertEquals(List.of(), service.breaches());

        source.send(Message.of(MessageType.STREAM_RESET, "A", 3, 0), start(5));
        service.takeBreaches(Rule.STREAM_IDS_COUNT_UP);
      }
    }
  }

  private static void awaitStart(Tunnel tunnel, int stream) {
    tunnel.source().awaitMessage("stream " + stream, seen -> seen.message().streamId() == stream);
  }

  private static Message start(int stream) {
    return Message.of(MessageType.STREAM_START, "A", stream, 1);
  }
}
