package io.iottunnel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.tunnel.Outcome;
import io.iottunnel.ports.SessionEnd;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Stopping, and a tunnel that is closed: what was received is delivered first, within bounds. */
class EndOfALocalProxyTest {

  private final EngineBench bench = new EngineBench();

  @Test
  void stoppingDeliversThenClosesTheWebSocketAndTheListeners() throws Exception {
    LocalProxy proxy = bench.source();
    proxy.start();
    bench.world.greets("SSH");
    FakeStream client = bench.world.clientConnects();
    proxy.stop();
    assertTrue(client.outputIsShut());
    assertEquals("", bench.world.session().end(), "the client has not finished yet");

    client.finishes();
    assertEquals("1000", bench.world.session().end());
    assertFalse(proxy.ended().isDone(), "the close frame is on its way");

    bench.world.service().ended(new SessionEnd.Closed(1000, ""));
    assertEquals(new Outcome.Stopped(), proxy.ended().join());
    assertEquals("closed", bench.world.listeners.values().iterator().next().state);
    assertEquals(
        List.of(
            "StreamStart[service=SSH, stream=1, connection=1]",
            "ConnectionReset[service=SSH, stream=1, connection=1]"),
        bench.world.received());
  }

  @Test
  void stoppingWaitsForNoOneForEver() {
    LocalProxy proxy = bench.source();
    proxy.start();
    bench.world.greets("SSH");
    bench.world.clientConnects();
    proxy.stop();

    bench.timers.pass(2_000);
    assertEquals("1000", bench.world.session().end(), "the client never finished");
    bench.timers.pass(2_500);

    assertEquals("aborted", bench.world.session().end(), "the service never answered");
  }

  @Test
  void stoppingWhileTheServiceKeepsSilentGivesTheAttemptUp() {
    bench.world.keepsSilent();
    LocalProxy proxy = bench.source();
    proxy.start();
    proxy.stop();

    assertTrue(bench.world.opening().isCancelled());
    assertEquals(new Outcome.Stopped(), proxy.ended().join());
  }

  @Test
  void aTunnelThatIsClosedEndsIt() {
    CompletableFuture<Outcome> ended = bench.source().start();
    bench.world.greets("SSH");
    bench.world.service().ended(new SessionEnd.Closed(1000, "over"));

    assertInstanceOf(Outcome.TunnelClosed.class, ended.join());
  }

  @Test
  void aTunnelThatIsClosedEndsItOnceEverythingIsDelivered() {
    CompletableFuture<Outcome> ended = bench.source().start();
    bench.world.greets("SSH");
    FakeStream client = bench.world.clientConnects();
    client.takesAtMost(3);
    bench.world.sends(EngineBench.data(1, 1, "abcdef"));

    bench.world.service().ended(new SessionEnd.Closed(1000, "Tunnel is closed"));
    assertFalse(ended.isDone());
    client.takesAtMost(100);
    client.finishes();

    assertEquals("abcdef", new String(client.written(), StandardCharsets.US_ASCII));
    assertEquals("closed", client.end());
    assertInstanceOf(Outcome.TunnelClosed.class, ended.join());
  }

  @Test
  void aClosedTunnelWaitsForNoOneForEver() {
    CompletableFuture<Outcome> ended = bench.source().start();
    bench.world.greets("SSH");
    FakeStream client = bench.world.clientConnects();
    client.takesAtMost(3);
    bench.world.sends(EngineBench.data(1, 1, "abcdef"));

    bench.world.service().ended(new SessionEnd.Closed(1000, "Tunnel is closed"));
    bench.timers.pass(2_000);

    assertEquals("aborted", client.end());
    assertInstanceOf(Outcome.TunnelClosed.class, ended.join());
  }
}
