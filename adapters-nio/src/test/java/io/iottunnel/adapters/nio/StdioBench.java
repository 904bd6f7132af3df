package io.iottunnel.adapters.nio;

import io.iottunnel.testkit.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs with pipes of the system's for standard input and output, and who holds the other ends.
 */
final class StdioBench implements AutoCloseable {

  /** What a program has, and the other ends of it. */
  record Program(InputStream in, OutputStream out, Peer peer) {}

  final NioLoop loop = new NioLoop();
  private final List<Peer> peers = new ArrayList<>();

  Program program() throws IOException {
    Pipe input = Pipe.open();
    Pipe output = Pipe.open();
    Peer peer =
        Peer.of(Channels.newInputStream(output.source()), Channels.newOutputStream(input.sink()));
    peers.add(peer);
    return new Program(
        Channels.newInputStream(input.source()), Channels.newOutputStream(output.sink()), peer);
  }

  @Override
  public void close() throws IOException {
    for (Peer peer : peers) {
      peer.close();
    }
    loop.close();
  }
}
