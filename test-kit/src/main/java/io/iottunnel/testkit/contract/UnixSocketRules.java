package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.LocalSockets.Address;
import io.iottunnel.ports.LocalSockets.Connected;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.contract.LocalSocketsBench.Listening;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** What an adapter must do with Unix sockets. */
public interface UnixSocketRules {

  /** The adapter under test. */
  LocalSocketsBench bench();

  /** Skips the test, visibly, where the adapter declares that it has no Unix sockets. */
  void requireUnixSockets();

  /** A Unix socket is listened on; its address is its path, and port 0. */
  @Test
  default void l30_aUnixSocketIsListenedOn() throws IOException {
    requireUnixSockets();
    Path path = bench().unixPath();
    Listening listening = bench().listen(unix(path));

    assertEquals(new Address(path.toString(), 0), listening.listener().address());
    bench().unixClient(path);
    listening.next();
  }

  /** A Unix socket is connected to, and told by its path. */
  @Test
  default void l31_aUnixSocketIsConnectedTo() throws IOException {
    requireUnixSockets();
    Path path = bench().unixPath();
    try (ServerSocketChannel application = bench().unixServer(path)) {
      Connected connected =
          Deadline.get(bench().sockets().connect(unix(path)), "connecting to " + path);
      assertEquals(new Address(path.toString(), 0), connected.remote());
      application.accept().close();
    }
  }

  /** A file that a dead process left behind is replaced. */
  @Test
  default void l32_aStaleSocketFileIsReplaced() throws IOException {
    requireUnixSockets();
    Path path = bench().unixPath();
    bench().unixServer(path).close();
    assertTrue(Files.exists(path), "a closed server leaves its file behind");

    Listening listening = bench().listen(unix(path));
    bench().unixClient(path);
    listening.next();
  }

  /** A socket on which somebody still listens is left alone. */
  @Test
  default void l33_aSocketInUseIsLeftAlone() throws IOException {
    requireUnixSockets();
    Path path = bench().unixPath();
    try (ServerSocketChannel other = bench().unixServer(path)) {
      Messages.name(refused(path), path.toString());
      bench().unixClient(path);
      assertTrue(other.isOpen() && Files.exists(path), "the other's socket");
    }
  }

  /** A file that is no socket is never deleted. */
  @Test
  default void l34_aFileThatIsNoSocketIsLeftAlone() throws IOException {
    requireUnixSockets();
    Path path = bench().unixPath();
    Files.writeString(path, "precious");

    Messages.name(refused(path), path.toString());
    assertEquals("precious", Files.readString(path));
  }

  /** Nobody but the owner may connect. */
  @Test
  default void l35_onlyTheOwnerMayConnect() throws IOException {
    requireUnixSockets();
    Path path = bench().unixPath();
    bench().listen(unix(path));

    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  /** The file is gone when the listener is closed. */
  @Test
  default void l36_theFileIsDeletedAtClose() throws IOException {
    requireUnixSockets();
    Path path = bench().unixPath();
    bench().listen(unix(path)).listener().close();

    // To listen on another one comes after whatever close left to the adapter's thread.
    bench().listen(unix(bench().unixPath()));
    assertFalse(Files.exists(path), "the file of a closed listener");
  }

  /** A path where nothing is is named. */
  @Test
  default void l37_aMissingSocketIsToldByItsPath() throws IOException {
    requireUnixSockets();
    Path path = bench().unixPath();
    Throwable failure =
        Deadline.failure(bench().sockets().connect(unix(path)), "connecting to " + path);

    Messages.name(assertInstanceOf(UnreachableException.class, failure), path.toString());
  }

  private ListenFailedException refused(Path path) {
    return assertInstanceOf(
        ListenFailedException.class,
        Deadline.failure(
            bench().sockets().listen(unix(path), client -> {}), "listening at " + path));
  }

  private static Endpoint unix(Path path) {
    return new Endpoint.Unix(path.toString());
  }
}
