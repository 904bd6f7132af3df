package io.iottunnel.adapters.nio;

import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A stream whose writing can be stopped, as if the other side did not read. */
final class StoppableStream implements ByteStream {

  private final ByteStream under;
  private final PendingAction waiting = new PendingAction();
  private boolean stopped;

  StoppableStream(ByteStream under) {
    this.under = under;
  }

  synchronized void stop() {
    stopped = true;
  }

  synchronized void goOn() {
    stopped = false;
    under.whenWritable(waiting);
  }

  @Override
  public synchronized int write(ByteBuffer from) throws IOException {
    return stopped ? 0 : under.write(from);
  }

  @Override
  public synchronized void whenWritable(Runnable action) {
    if (stopped) {
      waiting.set(action);
    } else {
      under.whenWritable(action);
    }
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return under.read(into);
  }

  @Override
  public void whenReadable(Runnable action) {
    under.whenReadable(action);
  }

  @Override
  public void shutdownOutput() throws IOException {
    under.shutdownOutput();
  }

  @Override
  public void close() {
    under.close();
  }

  @Override
  public void abort() {
    under.abort();
  }
}
