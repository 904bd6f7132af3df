package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ByteStream;
import io.iottunnel.testkit.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The smallest stream over blocking sockets, TLS ones too: one thread reads ahead a little, one
 * writes behind a little, a third runs the actions.
 */
final class SmallPumpedStream implements ByteStream {

  private static final int AHEAD = 32 * 1024;

  private final Socket tcp;
  private final Socket spoken;
  private final Executor actions;
  private final ByteBuffer input = ByteBuffer.allocate(AHEAD).limit(0);
  private final ByteBuffer output = ByteBuffer.allocate(AHEAD);
  private final List<Thread> pumps;
  private Runnable whenReadable;
  private Runnable whenWritable;
  private IOException broken;
  private boolean inputEnded;
  private boolean outputEnding;
  private boolean ended;

  /**
   * @param tcp the connection
   * @param spoken itself, or TLS over it
   * @param in what is left to read of {@code spoken}
   * @param actions runs the actions, one at a time
   */
  SmallPumpedStream(Socket tcp, Socket spoken, InputStream in, Executor actions)
      throws IOException {
    this.tcp = tcp;
    this.spoken = spoken;
    this.actions = actions;
    OutputStream out = spoken.getOutputStream();
    this.pumps = List.of(pump(() -> pumpIn(in)), pump(() -> pumpOut(out)));
    pumps.forEach(Thread::start);
  }

  @Override
  public synchronized int read(ByteBuffer into) throws IOException {
    requireOpen();
    if (input.hasRemaining()) {
      int count = Math.min(input.remaining(), into.remaining());
      into.put(input.slice().limit(count));
      input.position(input.position() + count);
      notifyAll();
      return count;
    }
    if (broken != null) {
      throw new IOException(broken);
    }
    return inputEnded ? -1 : 0;
  }

  @Override
  public synchronized int write(ByteBuffer from) throws IOException {
    requireOpen();
    if (broken != null) {
      throw new IOException(broken);
    }
    int count = Math.min(output.remaining(), from.remaining());
    output.put(from.slice().limit(count));
    from.position(from.position() + count);
    notifyAll();
    return count;
  }

  @Override
  public synchronized void whenReadable(Runnable action) {
    whenReadable = action;
    runWhatIsDue();
  }

  @Override
  public synchronized void whenWritable(Runnable action) {
    whenWritable = action;
    runWhatIsDue();
  }

  @Override
  public synchronized void shutdownOutput() throws IOException {
    requireOpen();
    outputEnding = true;
    notifyAll();
  }

  @Override
  public synchronized void close() {
    ended = true;
    outputEnding = true;
    notifyAll();
  }

  @Override
  public synchronized void abort() {
    ended = true;
    Peer.reset(tcp);
    notifyAll();
  }

  private void requireOpen() throws ClosedChannelException {
    if (ended) {
      throw new ClosedChannelException();
    }
  }

  private synchronized void runWhatIsDue() {
    if (whenReadable != null && (input.hasRemaining() || inputEnded || broken != null)) {
      Runnable action = whenReadable;
      whenReadable = null;
      actions.execute(() -> runUnlessEnded(action));
    }
    if (whenWritable != null && (output.hasRemaining() || broken != null)) {
      Runnable action = whenWritable;
      whenWritable = null;
      actions.execute(() -> runUnlessEnded(action));
    }
  }

  private void runUnlessEnded(Runnable action) {
    boolean run;
    synchronized (this) {
      run = !ended;
    }
    if (run) {
      action.run();
    }
  }

  private void pumpIn(InputStream in) throws IOException, InterruptedException {
    byte[] chunk = new byte[AHEAD];
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      synchronized (this) {
        while (input.hasRemaining() && !ended) {
          wait();
        }
        if (!ended) {
          input.clear().put(chunk, 0, n).flip();
        }
        runWhatIsDue();
      }
    }
    synchronized (this) {
      inputEnded = true;
      runWhatIsDue();
      notifyAll();
    }
  }

  private void pumpOut(OutputStream out) throws IOException, InterruptedException {
    byte[] chunk = new byte[AHEAD];
    for (int n = nextOutput(chunk); n > 0; n = nextOutput(chunk)) {
      out.write(chunk, 0, n);
      out.flush();
    }
    spoken.shutdownOutput();
    synchronized (this) {
      while (!(ended && inputEnded)) {
        wait();
      }
    }
    tcp.close();
  }

  /** Waits for something to send; 0 is the end. */
  private synchronized int nextOutput(byte[] chunk) throws InterruptedException {
    while (output.position() == 0 && !outputEnding) {
      wait();
    }
    int count = output.flip().remaining();
    output.get(chunk, 0, count).clear();
    runWhatIsDue();
    return count;
  }

  private interface Pump {
    void run() throws IOException, InterruptedException;
  }

  private Thread pump(Pump pump) {
    Thread thread =
        new Thread(
            () -> {
              try {
                pump.run();
              } catch (IOException e) {
                breakWith(e);
              } catch (InterruptedException e) {
                breakWith(new IOException(e));
              }
            },
            "small-pump");
    thread.setDaemon(true);
    return thread;
  }

  private synchronized void breakWith(IOException reason) {
    broken = reason;
    pumps.forEach(Thread::interrupt);
    Peer.reset(tcp);
    runWhatIsDue();
  }
}
