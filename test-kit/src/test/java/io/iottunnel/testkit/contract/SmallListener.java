package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/** A listener of {@link SmallLocalSockets}. */
final class SmallListener implements LocalListener {

  private final SmallLoop loop;
  private final ServerSocketChannel channel;
  private final SelectionKey key;
  private final Address address;
  private final Consumer<SmallListener> onClose;

  private SmallListener(
      SmallLoop loop,
      ServerSocketChannel channel,
      Consumer<ByteStream> onClient,
      Consumer<SmallListener> onClose)
      throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.address = address(channel.getLocalAddress());
    this.onClose = onClose;
    this.key = loop.watch(channel, ready -> accept(onClient));
    key.interestOps(SelectionKey.OP_ACCEPT);
  }

  /** On the loop's thread. */
  static SmallListener bind(
      SmallLoop loop,
      SocketAddress address,
      Consumer<ByteStream> onClient,
      Consumer<SmallListener> onClose)
      throws IOException {
    boolean unix = address instanceof UnixDomainSocketAddress;
    if (unix) {
      clear(((UnixDomainSocketAddress) address).getPath());
    }
    ServerSocketChannel channel =
        unix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
    try {
      channel.bind(address);
      if (unix) {
        Files.setPosixFilePermissions(
            ((UnixDomainSocketAddress) address).getPath(),
            PosixFilePermissions.fromString("rw-------"));
      }
      return new SmallListener(loop, channel, onClient, onClose);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public void pause() {
    setInterest(0);
  }

  @Override
  public void resume() {
    setInterest(SelectionKey.OP_ACCEPT);
  }

  @Override
  public void close() {
    try {
      channel.close();
      if (address.port() == 0) {
        Files.deleteIfExists(Path.of(address.ip()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    onClose.accept(this);
    loop.flush();
  }

  static Address address(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress unix
        ? new Address(unix.getPath().toString(), 0)
        : new Address(
            ((InetSocketAddress) address).getAddress().getHostAddress(),
            ((InetSocketAddress) address).getPort());
  }

  private void setInterest(int operations) {
    if (key.isValid()) {
      key.interestOps(operations);
      loop.flush();
    }
  }

  private void accept(Consumer<ByteStream> onClient) {
    try {
      for (SocketChannel client = channel.accept(); client != null; client = channel.accept()) {
        onClient.accept(new SmallStream(loop, client));
      }
    } catch (ClosedChannelException closedMeanwhile) {
      // Another thread closed this listener while its readiness was on the way here.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes way at {@code path} if only a socket that nobody serves is in it. */
  private static void clear(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther()) {
      throw new BindException("there is a file that is no socket");
    }
    try {
      SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
    } catch (ConnectException nobody) {
      Files.delete(path);
      return;
    }
    throw new BindException("somebody listens there");
  }
}
