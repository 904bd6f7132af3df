package io.iottunnel.adapters.nio;

import io.iottunnel.ports.ByteStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Moves bytes through streams for tests, by the rules of the port. */
final class Bytes {

  private Bytes() {}

  /** Bytes that are the same on every run. */
  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** Waits for what must come soon. */
  static <T> T soon(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }

  /** The next line that {@code peer} sends, without its end. */
  static String line(Socket peer) throws IOException {
    InputStream in = peer.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  /** Sends {@code text}, a byte for each char. */
  static void say(Socket peer, String text) throws IOException {
    peer.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    peer.getOutputStream().flush();
  }

  /** Everything up to the end of the stream. */
  static CompletableFuture<byte[]> readAll(ByteStream stream) {
    return read(stream, Integer.MAX_VALUE);
  }

  /** The next {@code count} bytes, or fewer where the stream ends before. */
  static CompletableFuture<byte[]> read(ByteStream stream, int count) {
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    readOn(stream, count, new ByteArrayOutputStream(), result);
    return result;
  }

  private static void readOn(
      ByteStream stream, int count, ByteArrayOutputStream got, CompletableFuture<byte[]> result) {
    try {
      while (got.size() < count) {
        ByteBuffer buffer = ByteBuffer.allocate(Math.min(60_000, count - got.size()));
        int n = stream.read(buffer);
        if (n == 0) {
          stream.whenReadable(() -> readOn(stream, count, got, result));
          return;
        }
        if (n < 0) {
          break;
        }
        got.write(buffer.array(), 0, n);
      }
      result.complete(got.toByteArray());
    } catch (IOException | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  /** Writes all of {@code bytes}. */
  static CompletableFuture<Void> write(ByteStream stream, byte[] bytes) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    writeOn(stream, ByteBuffer.wrap(bytes), result);
    return result;
  }

  private static void writeOn(ByteStream stream, ByteBuffer from, CompletableFuture<Void> result) {
    try {
      while (from.hasRemaining()) {
        if (stream.write(from) == 0) {
          stream.whenWritable(() -> writeOn(stream, from, result));
          return;
        }
      }
      result.complete(null);
    } catch (IOException | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }
}
