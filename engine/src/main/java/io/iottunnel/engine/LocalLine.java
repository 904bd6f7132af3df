package io.iottunnel.engine;

import io.iottunnel.domain.tunnel.Event;
import io.iottunnel.domain.tunnel.LocalId;
import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The local side of one connection: carries out what the machine orders on a {@link ByteStream},
 * and tells what came of it. Bytes to write are kept from before the application is reached.
 * Confined to the loop.
 */
final class LocalLine {

  private static final int DISCARD_SIZE = 8 * 1024;

  private final LocalId id;
  private final Executor loop;
  private final ReadBuffers buffers;
  private final Consumer<Event> tell;
  private final PendingWrites pending = new PendingWrites();
  private Optional<ByteStream> stream = Optional.empty();
  private CompletableFuture<?> connecting = CompletableFuture.completedFuture(null);
  private boolean finishing;
  private boolean over;

  LocalLine(LocalId id, Executor loop, ReadBuffers buffers, Consumer<Event> tell) {
    this.id = id;
    this.loop = loop;
    this.buffers = buffers;
    this.tell = tell;
  }

  /** The attempt to connect that is under way, to be given up if the line is aborted. */
  void connecting(CompletableFuture<?> attempt) {
    connecting = attempt;
  }

  /** The local side is there: what waits for it is written. */
  void connected(ByteStream stream) {
    if (over) {
      stream.abort();
      return;
    }
    this.stream = Optional.of(stream);
    flush();
    if (finishing) {
      finish();
    }
  }

  void awaitReadable() {
    stream.ifPresent(s -> s.whenReadable(() -> loop.execute(this::readable)));
  }

  private void readable() {
    if (!over) {
      tell.accept(new Event.LocalReadable(id));
    }
  }

  /** Reads once, up to one message. */
  void read() {
    if (over || stream.isEmpty()) {
      tell.accept(new Event.LocalIdle(id));
      return;
    }
    ByteBuffer buffer = buffers.take();
    int count;
    try {
      count = stream.get().read(buffer);
    } catch (IOException e) {
      buffers.give(buffer);
      tell.accept(new Event.LocalReadFailed(id, reason(e)));
      return;
    }
    if (count > 0) {
      boolean full = !buffer.hasRemaining();
      ReadBuffers.flip(buffer);
      tell.accept(new Event.LocalRead(id, buffer, full));
    } else {
      buffers.give(buffer);
      tell.accept(count == 0 ? new Event.LocalIdle(id) : new Event.LocalEnded(id));
    }
  }

  /** Writes what is taken at once, and keeps a copy of the rest. */
  void write(ByteBuffer payload) {
    if (over) {
      return;
    }
    int taken = 0;
    if (stream.isPresent() && pending.isEmpty()) {
      try {
        taken = stream.get().write(payload);
      } catch (IOException e) {
        tell.accept(new Event.LocalWriteFailed(id, reason(e)));
        return;
      }
    }
    boolean mustWait = stream.isPresent() && pending.isEmpty() && payload.hasRemaining();
    if (payload.hasRemaining()) {
      pending.add(payload);
    }
    if (mustWait) {
      awaitWritable(stream.get());
    }
    delivered(taken);
  }

  private void awaitWritable(ByteStream s) {
    s.whenWritable(() -> loop.execute(this::flush));
  }

  private void flush() {
    if (over || stream.isEmpty() || pending.isEmpty()) {
      return;
    }
    try {
      int written = pending.writeTo(stream.get());
      if (!pending.isEmpty()) {
        awaitWritable(stream.get());
      }
      delivered(written);
    } catch (IOException e) {
      pending.clear();
      tell.accept(new Event.LocalWriteFailed(id, reason(e)));
    }
  }

  private void delivered(int bytes) {
    if (bytes > 0) {
      tell.accept(new Event.LocalDelivered(id, bytes));
    }
  }

  /** Shuts down output, then reads and discards to the end of file. */
  void finish() {
    finishing = true;
    if (over || stream.isEmpty()) {
      return;
    }
    try {
      stream.get().shutdownOutput();
      discard();
    } catch (IOException e) {
      tell.accept(new Event.LocalReadFailed(id, reason(e)));
    }
  }

  private void discard() {
    if (over || stream.isEmpty()) {
      return;
    }
    ByteStream s = stream.get();
    ByteBuffer scrap = ByteBuffer.allocate(DISCARD_SIZE);
    try {
      int count = s.read(scrap);
      if (count < 0) {
        tell.accept(new Event.LocalEnded(id));
      } else {
        s.whenReadable(() -> loop.execute(this::discard));
      }
    } catch (IOException e) {
      tell.accept(new Event.LocalReadFailed(id, reason(e)));
    }
  }

  void close() {
    end();
    stream.ifPresent(ByteStream::close);
  }

  void abort() {
    end();
    stream.ifPresent(ByteStream::abort);
  }

  private void end() {
    over = true;
    pending.clear();
    connecting.cancel(false);
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
