package io.iottunnel.engine;

import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Copies of bytes that a local side did not take at once, in order. Confined to the loop. */
final class PendingWrites {

  private static final int CHUNK = 16 * 1024;

  /** All but the last are full; each is in the state of being read from. */
  private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>();

  boolean isEmpty() {
    return chunks.isEmpty();
  }

  void add(ByteBuffer bytes) {
    ByteBuffer last = chunks.peekLast();
    if (last != null) {
      int fits = Math.min(last.capacity() - last.limit(), bytes.remaining());
      int end = last.limit();
      last.limit(end + fits).put(end, bytes, bytes.position(), fits);
      bytes.position(bytes.position() + fits);
    }
    if (bytes.hasRemaining()) {
      ByteBuffer chunk = ByteBuffer.allocate(Math.max(CHUNK, bytes.remaining()));
      chunks.add(chunk.put(bytes).flip());
    }
  }

  /** Writes until all is written or the stream takes no more; tells how much it took. */
  int writeTo(ByteStream stream) throws IOException {
    int written = 0;
    while (!chunks.isEmpty()) {
      ByteBuffer first = chunks.peek();
      written += stream.write(first);
      if (first.hasRemaining()) {
        break;
      }
      chunks.remove();
    }
    return written;
  }

  void clear() {
    chunks.clear();
  }
}
