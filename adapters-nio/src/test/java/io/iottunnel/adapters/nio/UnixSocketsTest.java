package io.iottunnel.adapters.nio;

import static io.iottunnel.adapters.nio.Bytes.soon;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets.Connected;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unix domain sockets. */
class UnixSocketsTest extends LocalSocketsBench {

  @Test
  void aUnixSocketCarriesBytesIsPrivateAndIsRemovedAtTheEnd(@TempDir Path directory)
      throws Exception {
    Path path = directory.resolve("x.sock");
    LocalListener listener = listen(new Endpoint.Unix(path.toString()));
    assertEquals(path.toString(), listener.address().ip());
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(path));

    Connected connected = soon(sockets.connect(new Endpoint.Unix(path.toString())));
    assertEquals(listener.address(), connected.remote());
    byte[] sent = Bytes.random(500_000);
    CompletableFuture<byte[]> got = Bytes.readAll(accepted());
    soon(Bytes.write(connected.stream(), sent));
    connected.stream().close();
    assertArrayEquals(sent, soon(got));

    listener.close();
    assertFalse(Files.exists(path));
  }

  @Test
  void aStaleUnixSocketIsReplaced(@TempDir Path directory) throws Exception {
    Path path = directory.resolve("x.sock");
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
    assertTrue(Files.exists(path), "closing leaves the file");

    listen(new Endpoint.Unix(path.toString()));
    soon(sockets.connect(new Endpoint.Unix(path.toString())));
    accepted();
  }

  @Test
  void aUnixSocketInUseOrAFileOfAnotherKindIsNotReplaced(@TempDir Path directory) throws Exception {
    Path inUse = directory.resolve("x.sock");
    listen(new Endpoint.Unix(inUse.toString()));
    assertTrue(
        failureOf(
                ListenFailedException.class,
                sockets.listen(new Endpoint.Unix(inUse.toString()), clients::add))
            .getMessage()
            .startsWith("cannot listen on " + inUse + ": Address already in use; "));
    assertTrue(Files.exists(inUse));

    Path file = Files.writeString(directory.resolve("file"), "precious");
    failureOf(
        ListenFailedException.class,
        sockets.listen(new Endpoint.Unix(file.toString()), clients::add));
    assertEquals("precious", Files.readString(file));
  }
}
