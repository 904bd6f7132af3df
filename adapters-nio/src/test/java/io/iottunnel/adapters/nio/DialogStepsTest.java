package io.iottunnel.adapters.nio;

import static io.iottunnel.adapters.nio.Bytes.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.adapters.nio.LoopbackServer.Script;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.testkit.TestCa;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dialogs of more than one request: over which connection, and what they wait for. */
class DialogStepsTest {

  private static final TestCa CA = TestCa.create();
  private static final Duration BRIEF = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(10);

  /** Nothing may run out of time. */
  private static final DialLimits PATIENT = new DialLimits(LONG, LONG, LONG, LONG, LONG);

  private final NioLoop loop = new NioLoop();
  private final SeenHops hops = new SeenHops();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CompletableFuture<String> thinker = new CompletableFuture<>();
  private final CompletableFuture<Void> thought = new CompletableFuture<>();

  @AfterEach
  void close() {
    loop.close();
  }

  private CompletableFuture<ByteStream> dial(LoopbackServer server, DialLimits limits) {
    return new NioWebProxyDialer(
            loop,
            (proxy, service, onAnswer) -> new LineDialog(service, onAnswer, this::think, closed),
            CA.clientContext(),
            limits)
        .dial(
            new WebProxy(
                WebProxy.Scheme.HTTP,
                new HostAndPort("127.0.0.1", server.port()),
                Optional.empty()),
            new HostAndPort("service.example", 443),
            hops);
  }

  private void think() {
    thinker.complete(Thread.currentThread().getName());
    thought.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
  }

  private String unreachable(LoopbackServer server, DialLimits limits) {
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> soon(dial(server, limits)));
    return assertInstanceOf(UnreachableException.class, failure.getCause()).getMessage();
  }

  private boolean dialogIsClosed() throws InterruptedException {
    return closed.await(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  private static void expectRequest(Socket peer, int number) throws Exception {
    assertEquals("to service.example:443 #" + number, Bytes.line(peer));
  }

  private static void expectReset(Socket peer) {
    assertThrows(SocketException.class, () -> peer.getInputStream().read());
  }

  private static Script<Socket> askingForThought(Script<Socket> then) {
    return peer -> {
      expectRequest(peer, 1);
      Bytes.say(peer, "THINK\n");
      then.play(peer);
    };
  }

  // Connections

  @Test
  void theDialogMayAskAgainOnTheSameConnectionAndOnANewOne() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              expectRequest(peer, 1);
              Bytes.say(peer, "AGAIN\n");
              expectRequest(peer, 2);
              Bytes.say(peer, "AFRESH\n");
              assertEquals("", Bytes.line(peer), "the old connection ends");
            },
            peer -> {
              expectRequest(peer, 3);
              Bytes.say(peer, "YES\n");
            })) {
      soon(dial(server, PATIENT)).close();
      server.played();
    }
    assertEquals(
        List.of(
            "resolved 127.0.0.1",
            "connected",
            "sent",
            "answered AGAIN",
            "sent",
            "answered AFRESH",
            "resolved 127.0.0.1",
            "connected",
            "sent",
            "answered YES"),
        hops.seen());
    assertTrue(dialogIsClosed());
  }

  @Test
  void theDialogIsAskedWhenTheConnectionEndsAfterSomethingWasHeard() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              Bytes.line(peer);
              Bytes.say(peer, "AGA");
            },
            peer -> {
              expectRequest(peer, 2);
              Bytes.say(peer, "YES\n");
            })) {
      soon(dial(server, PATIENT)).close();
      server.played();
    }
  }

  @Test
  void theDialogIsAskedWhenAKeptConnectionEndsBeforeTheNextAnswer() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              Bytes.line(peer);
              Bytes.say(peer, "AGAIN\n");
              expectRequest(peer, 2);
            },
            peer -> {
              expectRequest(peer, 3);
              Bytes.say(peer, "YES\n");
            })) {
      soon(dial(server, PATIENT)).close();
      server.played();
    }
  }

  @Test
  void anAnswerThatIsCutOffTwiceIsSaidToBe() throws Exception {
    Script<Socket> cutOff =
        peer -> {
          Bytes.line(peer);
          Bytes.say(peer, "Y");
        };
    try (LoopbackServer server = new LoopbackServer(cutOff, cutOff)) {
      String message = unreachable(server, PATIENT);
      assertTrue(message.contains("closed the connection in the middle of its answer"), message);
    }
  }

  @Test
  void silenceAfterALaterRequestCostsItsLimitOnce() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            peer -> {
              Bytes.line(peer);
              Bytes.say(peer, "AGAIN\n");
              Bytes.line(peer);
              expectReset(peer);
            })) {
      String message = unreachable(server, new DialLimits(LONG, LONG, LONG, BRIEF, LONG));
      assertTrue(message.contains("did not answer CONNECT in 100 ms"), message);
      server.played();
    }
  }

  // Work that blocks

  @Test
  void theDialogGoesOnWithTheSameConnectionWhenItsWorkIsDone() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            askingForThought(
                peer -> {
                  expectRequest(peer, 2);
                  Bytes.say(peer, "YES\n");
                }))) {
      CompletableFuture<ByteStream> dialing = dial(server, PATIENT);
      assertEquals("localproxy-blocking", soon(thinker));
      CompletableFuture<Void> turned = new CompletableFuture<>();
      loop.execute(() -> turned.complete(null));
      soon(turned); // others do not wait
      thought.complete(null);
      soon(dialing).close();
      server.played();
    }
    assertTrue(dialogIsClosed());
  }

  @Test
  void workThatTakesTooLongEndsTheDialAndKeepsTheDialogUntilItEnds() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(askingForThought(DialogStepsTest::expectReset))) {
      String message = unreachable(server, new DialLimits(LONG, LONG, LONG, LONG, BRIEF));
      assertTrue(message.contains("could be had in 100 ms"), message);
      server.played();
    }
    loop.settle();
    assertEquals(1, closed.getCount());
    thought.complete(null);
    assertTrue(dialogIsClosed());
  }

  @Test
  void whatTheWorkOfACancelledDialComesToIsDropped() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(askingForThought(DialogStepsTest::expectReset))) {
      CompletableFuture<ByteStream> dialing = dial(server, PATIENT);
      soon(thinker);
      dialing.cancel(false);
      server.played();
      thought.complete(null);
    }
    assertTrue(dialogIsClosed());
  }
}
