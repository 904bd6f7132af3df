package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ByteStream;
import io.iottunnel.testkit.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/** Uses a {@link ByteStream} as its promises say, and waits where an engine would do other work. */
final class PatientStream {

  private static final int CHUNK = 16 * 1024;

  /** What no system's buffers hold: a stream that takes more has no bound. */
  private static final int MOST_TAKEN = 128 * 1024 * 1024;

  private final ByteStream stream;

  PatientStream(ByteStream stream) {
    this.stream = stream;
  }

  /** Waits until there is something to read: bytes, the end, or an error. */
  void awaitReadable() {
    CountDownLatch readable = new CountDownLatch(1);
    stream.whenReadable(readable::countDown);
    Deadline.await(readable, "an action left with whenReadable");
  }

  /** Waits until there is room to write, or an error. */
  void awaitWritable() {
    CountDownLatch writable = new CountDownLatch(1);
    stream.whenWritable(writable::countDown);
    Deadline.await(writable, "an action left with whenWritable");
  }

  /** Reads once into {@code into}, waiting while there is nothing. */
  int readSome(ByteBuffer into) throws IOException {
    int count = stream.read(into);
    while (count == 0) {
      awaitReadable();
      count = stream.read(into);
    }
    return count;
  }

  /** Reads exactly {@code count} bytes, or fewer where the end comes before. */
  byte[] read(int count) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(count);
    boolean ended = false;
    while (into.hasRemaining() && !ended) {
      ended = readSome(into) < 0;
    }
    byte[] bytes = new byte[into.flip().remaining()];
    into.get(bytes);
    return bytes;
  }

  /** Reads to the end. */
  byte[] readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    while (readSome(chunk) >= 0) {
      all.write(chunk.array(), 0, chunk.position());
      chunk.clear();
    }
    return all.toByteArray();
  }

  /** Writes all of {@code bytes}, waiting while there is no room. */
  void write(byte[] bytes) throws IOException {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    while (from.hasRemaining()) {
      if (stream.write(from) == 0) {
        awaitWritable();
      }
    }
  }

  /**
   * Writes {@link TestBytes#at} until nothing more is taken.
   *
   * @return how many bytes were taken
   */
  int writeUntilFull() throws IOException {
    int taken = 0;
    while (taken < MOST_TAKEN) {
      int now = stream.write(ByteBuffer.wrap(TestBytes.at(taken, CHUNK)));
      if (now == 0) {
        return taken;
      }
      taken += now;
    }
    throw new AssertionError(
        "write took "
            + taken
            + " bytes that nobody reads, and never returned 0: its memory grows without bound");
  }
}
