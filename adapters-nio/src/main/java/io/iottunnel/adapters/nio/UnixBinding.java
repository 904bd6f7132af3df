package io.iottunnel.adapters.nio;

import io.iottunnel.domain.ListenFailedException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Binds Unix domain sockets: for this user alone, in place of what a process left that died. */
final class UnixBinding {

  private static final int FILE_TYPE = 0170000;
  private static final int SOCKET = 0140000;

  private UnixBinding() {}

  /**
   * A socket bound to {@code path}, mode 0600. A socket file that nobody listens on any more is
   * replaced; nothing else ever is.
   *
   * @throws ListenFailedException with the reason
   */
  static ServerSocketChannel bind(Path path) {
    try {
      try {
        return bindFresh(path);
      } catch (BindException e) {
        if (!isStaleSocket(path)) {
          throw e;
        }
        Files.delete(path);
        return bindFresh(path);
      }
    } catch (IOException e) {
      throw new ListenFailedException(
          "cannot listen on "
              + path
              + ": "
              + Reason.of(e)
              + "; choose a path, of about 100 bytes at most, that no program uses, in a directory"
              + " that this user may write to",
          e);
    }
  }

  /** Removes the socket file of a listener that has been closed. */
  static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      return; // it stays behind, stale, and the next listener there replaces it
    }
  }

  private static ServerSocketChannel bindFresh(Path path) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(path), TcpBinding.BACKLOG);
      PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
      if (posix != null) { // null on Windows
        posix.setPermissions(PosixFilePermissions.fromString("rw-------"));
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      Quietly.close(channel);
      throw e;
    }
  }

  private static boolean isStaleSocket(Path path) throws IOException {
    if (!isSocket(path)) {
      return false;
    }
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false); // a listener with a full backlog is alive, and would block us
      probe.connect(UnixDomainSocketAddress.of(path));
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }

  private static boolean isSocket(Path path) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return ((Integer) mode & FILE_TYPE) == SOCKET;
    }
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther();
  }
}
