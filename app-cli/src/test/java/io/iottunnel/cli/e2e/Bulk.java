package io.iottunnel.cli.e2e;

import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Random bytes that both ends of a conversation know, so that every one of them is compared. */
final class Bulk {

  private static final int PIECE = 48 * 1024;

  private final byte[] bytes;

  private Bulk(byte[] bytes) {
    this.bytes = bytes;
  }

  static Bulk of(byte[] bytes) {
    return new Bulk(bytes);
  }

  static Bulk random(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return new Bulk(bytes);
  }

  int size() {
    return bytes.length;
  }

  /** All of it, not copied: to be read only. */
  ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** Sends all of it. */
  void sendTo(Peer peer) throws IOException {
    writeTo(peer.out());
  }

  /** Writes all of it, piece by piece. */
  void writeTo(OutputStream out) throws IOException {
    for (int from = 0; from < bytes.length; from += PIECE) {
      out.write(bytes, from, Math.min(PIECE, bytes.length - from));
    }
  }

  /** Reads as many bytes, which must be these. */
  void expectFrom(Peer peer) throws IOException {
    expect(peer.receive(bytes.length));
  }

  /** Reads to the end, which must come in order behind exactly these bytes. */
  void expectAllFrom(Peer peer) throws IOException {
    expect(peer.receiveAll());
  }

  /** Compares {@code piece} with what is at {@code from} of these bytes, over and over again. */
  void expectPiece(int from, byte[] piece) {
    for (int i = 0; i < piece.length; i++) {
      if (piece[i] != bytes[(from + i) % bytes.length]) {
        throw new AssertionError("the first difference is at " + (from + i));
      }
    }
  }

  /** Compares. */
  void expect(byte[] received) {
    int at = Arrays.mismatch(bytes, received);
    if (at >= 0) {
      throw new AssertionError(
          "expected %d bytes, received %d; the first difference is at %d"
              .formatted(bytes.length, received.length, at));
    }
  }

  /** Sends {@code out} and at the same time expects {@code in}. */
  static void exchange(Peer peer, Bulk out, Bulk in) throws IOException {
    CompletableFuture<Boolean> sending =
        Background.start(
            () -> {
              out.sendTo(peer);
              return true;
            });
    in.expectFrom(peer);
    Deadline.get(sending, "sending " + out);
  }

  /** The size, not the bytes. */
  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
