package io.iottunnel.adapters.nio;

import static io.iottunnel.adapters.nio.Bytes.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.LocalListener;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** Local sockets on a loop of their own, and the clients that came to them. */
abstract class LocalSocketsBench {

  static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  final NioLoop loop = new NioLoop(failures::add);
  final NioLocalSockets sockets = new NioLocalSockets(loop, DialLimits.DEFAULT, Optional.empty());
  final BlockingQueue<ByteStream> clients = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    sockets.close();
    loop.close();
    assertEquals(0, failures.size(), failures::toString);
  }

  LocalListener listen(Endpoint endpoint) throws Exception {
    return soon(sockets.listen(endpoint, clients::add));
  }

  ByteStream accepted() throws Exception {
    ByteStream client = clients.poll(10, TimeUnit.SECONDS);
    assertTrue(client != null, "no client came");
    return client;
  }

  static <T extends Throwable> T failureOf(Class<T> kind, CompletableFuture<?> future) {
    return assertInstanceOf(
        kind, assertThrows(ExecutionException.class, () -> soon(future)).getCause());
  }
}
