package io.iottunnel.adapters.nio;

import static io.iottunnel.adapters.nio.Bytes.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.testkit.TestCa;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A dialog that has to wait for something does it beside the loop. */
class BlockingStepTest {

  private static final TestCa CA = TestCa.create();
  private static final Duration LONG = Duration.ofSeconds(10);

  private final NioLoop loop = new NioLoop();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CompletableFuture<String> thinker = new CompletableFuture<>();

  @AfterEach
  void close() {
    loop.close();
  }

  private CompletableFuture<ByteStream> dial(
      LoopbackServer server, Duration token, CompletableFuture<Void> thought) {
    Runnable thinking =
        () -> {
          thinker.complete(Thread.currentThread().getName());
          thought.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
        };
    return new NioWebProxyDialer(
            loop,
            (proxy, service, onAnswer) -> new LineDialog(service, onAnswer, thinking, closed),
            CA.clientContext(),
            new DialLimits(LONG, LONG, LONG, LONG, token))
        .dial(
            new WebProxy(
                WebProxy.Scheme.HTTP,
                new HostAndPort("127.0.0.1", server.port()),
                Optional.empty()),
            new HostAndPort("service.example", 443),
            DialObserver.NONE);
  }

  private static LoopbackServer.Script<Socket> askingForThought(
      LoopbackServer.Script<Socket> then) {
    return peer -> {
      assertEquals("to service.example:443 #1", Bytes.line(peer));
      peer.getOutputStream().write("THINK\n".getBytes(StandardCharsets.US_ASCII));
      then.play(peer);
    };
  }

  private boolean dialogIsClosed() throws InterruptedException {
    return closed.await(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void theDialogGoesOnWithTheSameConnectionWhenItsWorkIsDone() throws Exception {
    CompletableFuture<Void> thought = new CompletableFuture<>();
    try (LoopbackServer server =
        new LoopbackServer(
            askingForThought(
                peer -> {
                  assertEquals("to service.example:443 #2", Bytes.line(peer));
                  peer.getOutputStream().write("YES\n".getBytes(StandardCharsets.US_ASCII));
                }))) {
      CompletableFuture<ByteStream> dialing = dial(server, LONG, thought);
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
    CompletableFuture<Void> thought = new CompletableFuture<>();
    try (LoopbackServer server =
        new LoopbackServer(
            askingForThought(
                peer -> assertThrows(SocketException.class, () -> peer.getInputStream().read())))) {
      ExecutionException failure =
          assertThrows(
              ExecutionException.class, () -> soon(dial(server, Duration.ofMillis(50), thought)));
      String message =
          assertInstanceOf(UnreachableException.class, failure.getCause()).getMessage();
      assertTrue(message.contains("could be had in 50 ms"), message);
      server.played();
    }
    loop.settle();
    assertEquals(1, closed.getCount());
    thought.complete(null);
    assertTrue(dialogIsClosed());
  }

  @Test
  void whatTheWorkOfACancelledDialComesToIsDropped() throws Exception {
    CompletableFuture<Void> thought = new CompletableFuture<>();
    try (LoopbackServer server =
        new LoopbackServer(
            askingForThought(
                peer -> assertThrows(SocketException.class, () -> peer.getInputStream().read())))) {
      CompletableFuture<ByteStream> dialing = dial(server, LONG, thought);
      soon(thinker);
      dialing.cancel(false);
      server.played();
      thought.complete(null);
    }
    assertTrue(dialogIsClosed());
  }
}
