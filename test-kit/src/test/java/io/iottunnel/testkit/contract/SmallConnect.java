package io.iottunnel.testkit.contract;

import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.LocalSockets.Connected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * One attempt of {@link SmallLocalSockets} to connect, address by address, on the loop's thread.
 */
final class SmallConnect {

  private final SmallLoop loop;
  private final Queue<SocketAddress> addresses;
  private final CompletableFuture<Connected> result;
  private final StringBuilder reasons;

  SmallConnect(
      SmallLoop loop,
      String endpoint,
      Queue<SocketAddress> addresses,
      CompletableFuture<Connected> result) {
    this.loop = loop;
    this.addresses = addresses;
    this.result = result;
    this.reasons = new StringBuilder("cannot connect to " + endpoint);
  }

  /** Tries the next address. */
  void next() {
    SocketAddress address = addresses.poll();
    if (address == null) {
      result.completeExceptionally(new UnreachableException(reasons.toString()));
      return;
    }
    SocketChannel channel = null;
    try {
      channel = open(address);
      connect(channel, address);
    } catch (IOException e) {
      failed(channel, address, e);
    }
  }

  private void connect(SocketChannel channel, SocketAddress address) throws IOException {
    SelectionKey key = loop.watch(channel, ready -> finish(channel, address));
    var unused =
        result.whenComplete((connected, failure) -> closeIf(result.isCancelled(), channel));
    if (channel.connect(address)) {
      connected(channel, address);
    } else {
      key.interestOps(SelectionKey.OP_CONNECT);
    }
  }

  private void finish(SocketChannel channel, SocketAddress address) {
    try {
      if (channel.finishConnect()) {
        connected(channel, address);
      }
    } catch (IOException e) {
      failed(channel, address, e);
    }
  }

  private void connected(SocketChannel channel, SocketAddress address) throws IOException {
    SmallStream stream = new SmallStream(loop, channel);
    boolean late = !result.complete(new Connected(stream, SmallListener.address(address)));
    closeIf(late, channel);
  }

  private void failed(SocketChannel channel, SocketAddress address, IOException reason) {
    reasons.append(", ").append(address).append(": ").append(reason);
    closeIf(channel != null, channel);
    next();
  }

  private void closeIf(boolean wanted, SocketChannel channel) {
    if (wanted) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      loop.flush();
    }
  }

  private static SocketChannel open(SocketAddress address) throws IOException {
    return address instanceof UnixDomainSocketAddress
        ? SocketChannel.open(StandardProtocolFamily.UNIX)
        : SocketChannel.open();
  }
}
