package io.iottunnel.engine;

import io.iottunnel.ports.ByteStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;

/** A local side that does what a test says, on the test's thread. */
final class FakeStream implements ByteStream {

  private final ArrayDeque<ByteBuffer> toRead = new ArrayDeque<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private int room = Integer.MAX_VALUE;
  private boolean ended;
  private Optional<IOException> broken = Optional.empty();
  private Optional<Runnable> whenReadable = Optional.empty();
  private Optional<Runnable> whenWritable = Optional.empty();
  private boolean outputShut;
  private String end = "";

  /** The other side sends bytes. */
  void sends(byte[] bytes) {
    toRead.add(ByteBuffer.wrap(bytes));
    wakeReader();
  }

  /** The other side finishes sending. */
  void finishes() {
    ended = true;
    wakeReader();
  }

  /** The connection breaks. */
  void breaks(String reason) {
    broken = Optional.of(new IOException(reason));
    wakeReader();
    takesAtMost(1);
  }

  /** How many bytes more are taken from now on. */
  void takesAtMost(int bytes) {
    room = bytes;
    if (room > 0) {
      Optional<Runnable> action = whenWritable;
      whenWritable = Optional.empty();
      action.ifPresent(Runnable::run);
    }
  }

  private void wakeReader() {
    Optional<Runnable> action = whenReadable;
    whenReadable = Optional.empty();
    action.ifPresent(Runnable::run);
  }

  /** How many of the bytes that the other side sent nobody has read. */
  int unread() {
    return toRead.stream().mapToInt(ByteBuffer::remaining).sum();
  }

  byte[] written() {
    return written.toByteArray();
  }

  /** Whether nothing that was sent waits to be read. */
  boolean allIsRead() {
    return toRead.isEmpty();
  }

  boolean isRead() {
    return whenReadable.isPresent();
  }

  boolean outputIsShut() {
    return outputShut;
  }

  /** "closed", "aborted" or nothing. */
  String end() {
    return end;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (broken.isPresent()) {
      throw broken.get();
    }
    ByteBuffer next = toRead.peek();
    if (next == null) {
      return ended ? -1 : 0;
    }
    int count = Math.min(next.remaining(), into.remaining());
    into.put(next.slice(next.position(), count));
    next.position(next.position() + count);
    if (!next.hasRemaining()) {
      toRead.remove();
    }
    return count;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    if (broken.isPresent()) {
      throw broken.get();
    }
    int count = Math.min(room, from.remaining());
    room -= count;
    for (int i = 0; i < count; i++) {
      written.write(from.get());
    }
    return count;
  }

  @Override
  public void whenReadable(Runnable action) {
    whenReadable = Optional.of(action);
  }

  @Override
  public void whenWritable(Runnable action) {
    whenWritable = Optional.of(action);
  }

  @Override
  public void shutdownOutput() {
    outputShut = true;
  }

  @Override
  public void close() {
    end = "closed";
  }

  @Override
  public void abort() {
    end = "aborted";
  }
}
