package io.iottunnel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.ports.TunnelSession;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private final FakeSession session = new FakeSession();
  private final Outbox outbox = new Outbox(session, 65_538, Runnable::run);
  private final List<String> sent = new ArrayList<>();

  @Test
  void oneFrameAtATimeIsWithTheTransport() {
    outbox.sendData(message(5_000, 'a'), () -> sent.add("a"));
    outbox.sendData(message(5_000, 'b'), () -> sent.add("b"));

    assertEquals(List.of("5000a"), session.frames());
    assertEquals(List.of(), sent);

    session.takesFrame();

    assertEquals(List.of("5000a", "5000b"), session.frames());
    assertEquals(List.of("a"), sent);
  }

  @Test
  void smallDataThatWaitsSharesAFrame() {
    outbox.sendData(message(10, 'a'), () -> sent.add("a"));
    outbox.sendData(message(20, 'b'), () -> sent.add("b"));
    outbox.sendData(message(30, 'c'), () -> sent.add("c"));
    session.takesFrame();
    session.takesFrame();

    assertEquals(List.of("10a", "50b"), session.frames());
    assertEquals(List.of("a", "b", "c"), sent);
  }

  @Test
  void aSharedFrameStaysBounded() {
    outbox.sendData(message(10, 'a'), () -> {});
    for (int i = 0; i < 20; i++) {
      outbox.sendData(message(4_000, 'b'), () -> {});
    }
    session.takesFrame();

    assertEquals("32000b", session.frames().get(1));
  }

  @Test
  void aSharedFrameIsNoLargerThanAnyFrameMayBe() {
    Outbox narrow = new Outbox(session, 2_050, Runnable::run);
    narrow.sendData(message(10, 'a'), () -> {});
    for (int i = 0; i < 20; i++) {
      narrow.sendData(message(500, 'b'), () -> {});
    }
    session.takesFrame();

    assertEquals("2000b", session.frames().get(1));
  }

  @Test
  void aStartOrAResetHasAFrameOfItsOwn() {
    outbox.sendData(message(10, 'a'), () -> {});
    outbox.sendData(message(10, 'b'), () -> {});
    outbox.sendControl(message(7, 's'));
    outbox.sendData(message(10, 'c'), () -> {});
    outbox.sendControl(message(8, 't'));
    for (int i = 0; i < 5; i++) {
      session.takesFrame();
    }

    assertEquals(List.of("10a", "10b", "7s", "10c", "8t"), session.frames());
  }

  @Test
  void everyFrameLeavesHeadroomForTheTransport() {
    outbox.sendData(message(10, 'a'), () -> {});
    outbox.sendData(message(10, 'b'), () -> {});
    outbox.sendData(message(10, 'c'), () -> {});
    session.takesFrame();

    assertTrue(session.smallestHeadroom() >= TunnelSession.HEADROOM);
  }

  @Test
  void theLastWordComesBehindEverythingThatWaits() {
    outbox.sendData(message(10, 'a'), () -> sent.add("a"));
    outbox.sendControl(message(7, 's'));
    outbox.whenEmpty(() -> sent.add("empty"));
    session.takesFrame();

    assertEquals(List.of("a"), sent);

    session.takesFrame();

    assertEquals(List.of("a", "empty"), sent);
  }

  @Test
  void theLastWordComesAtOnceWhenNothingWaits() {
    outbox.whenEmpty(() -> sent.add("empty"));

    assertEquals(List.of("empty"), sent);
  }

  private static ByteBuffer message(int size, char content) {
    ByteBuffer message = ByteBuffer.allocate(TunnelSession.HEADROOM + size);
    message.position(TunnelSession.HEADROOM);
    while (message.hasRemaining()) {
      message.put((byte) content);
    }
    return message.position(TunnelSession.HEADROOM);
  }
}
