package io.iottunnel.adapters.nio;

import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * Standard input and output as one connection.
 *
 * <p>The JDK reads and writes them in a blocking way only, and no selector takes them. So each has
 * a thread of its own, {@code localproxy-stdin} and {@code localproxy-stdout}, which does nothing
 * but that; a {@link HandOff} of bounded size lies between it and the loop. Actions run on the
 * loop.
 *
 * <p>Both directions end together, other than with a socket: a program whose output is closed, by
 * {@link #shutdownOutput} or by who should have read it, is heard no further, since its input may
 * well be a terminal that never ends. There is no reset: {@link #abort} drops what was not
 * delivered, and closes.
 */
final class StdioStream implements ByteStream {

  private static final int READ_SIZE = 64 * 1024;

  /** So that one read can be done while another one is taken. */
  private static final int READ_AHEAD = 2 * READ_SIZE;

  /** Little: what is here counts as delivered, and is lost if the process ends before it is. */
  private static final int WRITE_BEHIND = 32 * 1024;

  private final NioLoop loop;
  private final InputStream in;
  private final OutputStream out;
  private final HandOff input = new HandOff(READ_AHEAD);
  private final HandOff output = new HandOff(WRITE_BEHIND);
  private final PendingAction onReadable = new PendingAction();
  private final PendingAction onWritable = new PendingAction();
  private volatile boolean closed;

  private StdioStream(NioLoop loop, InputStream in, OutputStream out) {
    this.loop = loop;
    this.in = in;
    this.out = out;
  }

  /**
   * Begins to read and write.
   *
   * @param in is read until it ends, or until this stream does; never closed
   * @param out is closed at the end
   */
  static StdioStream start(NioLoop loop, InputStream in, OutputStream out) {
    StdioStream stream = new StdioStream(loop, in, out);
    start("localproxy-stdin", stream::pumpInput);
    start("localproxy-stdout", stream::pumpOutput);
    return stream;
  }

  private static void start(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void pumpInput() {
    byte[] chunk = new byte[READ_SIZE];
    try {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        if (!input.awaitRoom(count)) {
          return;
        }
        input.put(ByteBuffer.wrap(chunk, 0, count));
        readable();
      }
      input.end();
    } catch (IOException e) {
      input.fail(e);
    } catch (InterruptedException e) {
      input.fail(interrupted(e));
    }
    readable();
  }

  private void pumpOutput() {
    ByteBuffer chunk = ByteBuffer.allocate(WRITE_BEHIND);
    try (out) {
      while (output.awaitBytes()) {
        output.take(chunk.clear());
        out.write(chunk.array(), 0, chunk.position());
        writable();
      }
    } catch (IOException e) {
      output.fail(e);
    } catch (InterruptedException e) {
      output.fail(interrupted(e));
    }
    writable();
    input.end();
    readable();
  }

  private static IOException interrupted(InterruptedException e) {
    IOException failure = new InterruptedIOException("interrupted");
    failure.initCause(e);
    return failure;
  }

  private void readable() {
    loop.execute(
        () -> {
          if (input.isReadable()) {
            onReadable.run();
          }
        });
  }

  private void writable() {
    loop.execute(
        () -> {
          if (output.isWritable()) {
            onWritable.run();
          }
        });
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    requireOpen();
    return input.take(into);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    requireOpen();
    return output.put(from);
  }

  @Override
  public void whenReadable(Runnable action) {
    await(onReadable, action);
    readable();
  }

  @Override
  public void whenWritable(Runnable action) {
    await(onWritable, action);
    writable();
  }

  private void await(PendingAction pending, Runnable action) {
    pending.set(action);
    if (closed) {
      pending.clear();
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    requireOpen();
    output.end();
  }

  @Override
  public void close() {
    end();
    output.end();
  }

  @Override
  public void abort() {
    end();
    output.discard();
  }

  private void end() {
    closed = true;
    onReadable.clear();
    onWritable.clear();
    input.end();
  }

  private void requireOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }
}
