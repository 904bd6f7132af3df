package io.iottunnel.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Mode;
import io.iottunnel.domain.tunnel.TunnelSettings;
import io.iottunnel.domain.tunnel.WireLimits;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes between local sides and the service, where either takes less than there is. */
class FlowTest {

  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

  private final EngineBench bench = new EngineBench();

  @Test
  void bytesThatTheLocalSideDoesNotTakeAtOnceFollowInOrder() {
    bench.source().start();
    bench.world.greets("SSH");
    FakeStream client = bench.world.clientConnects();
    client.takesAtMost(3);
    bench.world.sends(EngineBench.data(1, 1, "abcdef"), EngineBench.data(1, 1, "ghi"));
    assertEquals("abc", new String(client.written(), StandardCharsets.US_ASCII));

    client.takesAtMost(4);
    client.takesAtMost(100);

    assertEquals("abcdefghi", new String(client.written(), StandardCharsets.US_ASCII));
  }

  @Test
  void theNextFrameIsAskedForWhenTheLastOneIsDone() {
    bench.source().start();
    assertEquals(1, bench.world.session().asked());

    bench.world.greets("SSH");

    assertEquals(2, bench.world.session().asked());
  }

  @Test
  void aPeerThatResetsGetsItsBytesDeliveredAndTheClientItsEnd() {
    bench.source().start();
    bench.world.greets("SSH");
    FakeStream client = bench.world.clientConnects();
    client.takesAtMost(3);
    bench.world.sends(
        EngineBench.data(1, 1, "abcdef"), Message.of(MessageType.CONNECTION_RESET, "SSH", 1, 1));
    assertFalse(client.outputIsShut());

    client.takesAtMost(100);
    assertTrue(client.outputIsShut());
    assertEquals("", client.end());

    client.finishes();
    assertEquals("closed", client.end());
    assertEquals("abcdef", new String(client.written(), StandardCharsets.US_ASCII));
  }

  @Test
  void anApplicationThatFirstWantsItsAnswerTakenGetsTheLastBytes() throws Exception {
    bench.destination().start();
    bench.world.greets("SSH");
    bench.world.sends(EngineBench.start(1, 1));
    FakeStream application = bench.world.applicationAccepts();
    application.takesAtMost(3);
    bench.world.sends(
        EngineBench.data(1, 1, "abcdef"), Message.of(MessageType.CONNECTION_RESET, "SSH", 1, 1));

    application.sends(HELLO);

    assertTrue(application.allIsRead());
    assertEquals(List.of(), bench.world.received());
  }

  @Test
  void readingPausesWhileTheServiceDoesNotTakeAndEveryByteFollows() throws Exception {
    bench.world.keepsSilent();
    bench.source().start();
    FakeSession session = new FakeSession();
    bench.world.sessions.add(session);
    bench.world.opening().complete(session);
    bench.world.greets("SSH");
    FakeStream client = bench.world.clientConnects();
    session.takesFrame();
    byte[] much = new byte[200_000];
    client.sends(much);

    assertEquals(2, session.sent().size(), "one message is on its way, the rest is not read");

    while (session.sent().size() < 5) {
      session.takesFrame();
    }
    assertArrayEquals(
        new Object[] {"Data SSH/1#1 64512 B", "Data SSH/1#1 6464 B"},
        new Object[] {bench.world.received().get(1), bench.world.received().get(4)});
  }

  @Test
  void aMessageCarriesNoMoreThanTheSettingsAllow() throws Exception {
    TunnelSettings small =
        TunnelSettings.DEFAULTS.change().wire(new WireLimits(1_000, 65_536, 65_538)).build();
    bench.builder(Mode.SOURCE).settings(small).build().start();
    bench.world.greets("SSH");
    bench.world.clientConnects().sends(new byte[2_500]);

    List<String> received = bench.world.received();
    assertEquals(
        List.of("Data SSH/1#1 1000 B", "Data SSH/1#1 1000 B", "Data SSH/1#1 500 B"),
        received.subList(1, received.size()));
  }
}
