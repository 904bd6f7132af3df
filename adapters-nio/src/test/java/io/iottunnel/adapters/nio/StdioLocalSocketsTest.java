package io.iottunnel.adapters.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.testkit.Deadline;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StdioLocalSocketsTest {

  private static final Endpoint STDIO = new Endpoint.Stdio();

  private final StdioBench bench = new StdioBench();
  private final BlockingQueue<ByteStream> clients = new LinkedBlockingQueue<>();
  private StdioBench.Program program;
  private StdioLocalSockets sockets;

  @BeforeEach
  void open() throws IOException {
    program = bench.program();
    sockets = new StdioLocalSockets(bench.loop, program.in(), program.out());
  }

  @AfterEach
  void close() throws IOException {
    sockets.close();
    bench.close();
  }

  private LocalListener listening() {
    return Deadline.get(sockets.listen(STDIO, clients::add), "listening");
  }

  /** Listens, and does this to the listener before the client comes. */
  private LocalListener listening(Consumer<LocalListener> first) {
    CompletableFuture<LocalListener> result = new CompletableFuture<>();
    bench.loop.execute(
        () ->
            sockets
                .listen(STDIO, clients::add)
                .thenAccept(
                    listener -> {
                      first.accept(listener);
                      result.complete(listener);
                    }));
    return Deadline.get(result, "listening");
  }

  @Test
  void theClientIsThereAtOnce() throws Exception {
    assertEquals("standard input and output", listening().address().ip());
    ByteStream client = Deadline.next(clients, "the client");
    program.peer().send(Bytes.random(100));
    assertArrayEquals(Bytes.random(100), Bytes.soon(Bytes.read(client, 100)));
  }

  @Test
  void aClientThatIsNotWantedYetWaitsUntilItIs() {
    LocalListener listener = listening(LocalListener::pause);
    bench.loop.settle();
    assertTrue(clients.isEmpty());

    listener.resume();
    Deadline.next(clients, "the client");
  }

  @Test
  void aListenerThatIsClosedBeforeLeavesTheClientToTheNext() {
    listening(LocalListener::close);
    bench.loop.settle();
    assertTrue(clients.isEmpty());

    listening();
    Deadline.next(clients, "the client");
  }

  @Test
  void thereIsNoSecondClient() {
    LocalListener listener = listening();
    Deadline.next(clients, "the client");
    listener.pause();
    listener.resume();
    bench.loop.settle();
    assertTrue(clients.isEmpty());
    assertInstanceOf(
        ListenFailedException.class,
        Deadline.failure(sockets.listen(STDIO, clients::add), "listening again"));
  }

  @Test
  void nothingElseIsServed() {
    Endpoint tcp = Endpoint.tcp("localhost", 0);
    assertInstanceOf(
        ListenFailedException.class,
        Deadline.failure(sockets.listen(tcp, clients::add), "listening at a port"));
    assertInstanceOf(
        UnreachableException.class, Deadline.failure(sockets.connect(tcp), "connecting"));
  }

  @Test
  void closingEndsTheClient() throws IOException {
    listening();
    Deadline.next(clients, "the client");
    sockets.close();
    assertEquals(0, program.peer().receiveAll().length);
  }
}
