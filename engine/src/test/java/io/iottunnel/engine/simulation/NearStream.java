package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;

/**
 * A local connection: the local proxy has one side of it as a {@link ByteStream}, a {@link Talker}
 * the other. Each direction has a small buffer, and whoever waits is told in its own time.
 */
final class NearStream implements ByteStream {

  /** What the local proxy has done to it. */
  enum Fate {
    IN_USE,
    CLOSED,
    ABORTED
  }

  private final ProxyProcess process;
  private final Clock clock;
  private final Dice dice;
  private final Pipe toProxy;
  private final Pipe toTalker;
  private final Waiting reader = new Waiting();
  private final Waiting writer = new Waiting();
  private Runnable talker = () -> {};
  private boolean broken;
  private boolean reset;
  private boolean writeFailed;
  private long written;
  private Fate fate = Fate.IN_USE;

  NearStream(ProxyProcess process, Clock clock, Dice dice, int capacity) {
    this.process = process;
    this.clock = clock;
    this.dice = dice;
    this.toProxy = new Pipe(capacity);
    this.toTalker = new Pipe(capacity);
  }

  // The talker's side.

  /** Who is to be told that there is something to hear, or room to say more. */
  void attach(Runnable changed) {
    talker = changed;
  }

  /** Says what there is room for, and tells how much that was. */
  int say(ByteBuffer bytes) {
    int count = toProxy.put(bytes);
    wake();
    return count;
  }

  int roomToSay() {
    return fate == Fate.IN_USE ? toProxy.room() : 0;
  }

  /** Hears at most so much, and tells how much that was. */
  int hear(ByteBuffer into, int most) {
    int count = toTalker.take(into, most);
    wake();
    return count;
  }

  int audible() {
    return toTalker.size();
  }

  /** Whether all that will ever come has been heard. */
  boolean isHeardOut() {
    return toTalker.isAtEnd();
  }

  /** Whether the local proxy has cut it off, by an abort, or by closing with input unread. */
  boolean isReset() {
    return reset;
  }

  void finishSaying() {
    toProxy.finish();
    wake();
  }

  boolean hasFinishedSaying() {
    return toProxy.isFinished();
  }

  /** Takes nothing more: what is written from now on fails. */
  void stopHearing() {
    toTalker.desert();
    wake();
  }

  boolean hasStoppedHearing() {
    return toTalker.isDeserted();
  }

  /** Breaks: reads and writes of the local proxy fail from now on. */
  void breaks() {
    broken = true;
    toTalker.desert();
    wake();
  }

  boolean isBroken() {
    return broken;
  }

  /** The process of the local proxy is gone, and the system resets what it had. */
  void processDies() {
    if (fate == Fate.IN_USE) {
      fate = Fate.ABORTED;
      resetTalker();
    }
  }

  Fate fate() {
    return fate;
  }

  /** How much the local proxy has written. */
  long written() {
    return written;
  }

  boolean hasFailedToWrite() {
    return writeFailed;
  }

  // The local proxy's side.

  @Override
  public int read(ByteBuffer into) throws IOException {
    requireUsable();
    if (broken) {
      throw new IOException("connection reset");
    }
    if (toProxy.size() == 0) {
      return toProxy.isFinished() ? -1 : 0;
    }
    int most = dice.onceIn(4) ? Pattern.HEAD + dice.below(64) : Integer.MAX_VALUE;
    int count = toProxy.take(into, most);
    clock.after(dice.delay(), talker);
    return count;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    requireUsable();
    assertFalse(toTalker.isFinished(), "written to after its output was shut down");
    if (broken || toTalker.isDeserted()) {
      writeFailed = true;
      throw new IOException("broken pipe");
    }
    int count = toTalker.put(from);
    written += count;
    clock.after(dice.delay(), talker);
    return count;
  }

  private void requireUsable() throws ClosedChannelException {
    process.mayAct("uses a local connection");
    if (fate != Fate.IN_USE) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public void whenReadable(Runnable action) {
    process.mayAct("waits for a local connection");
    reader.action = Optional.of(action);
    wake();
  }

  @Override
  public void whenWritable(Runnable action) {
    process.mayAct("waits for a local connection");
    writer.action = Optional.of(action);
    wake();
  }

  @Override
  public void shutdownOutput() throws IOException {
    requireUsable();
    if (broken) {
      throw new IOException("connection reset");
    }
    toTalker.finish();
    clock.after(dice.delay(), talker);
  }

  /** With input unread it is a TCP reset, which destroys what the other side has not read. */
  @Override
  public void close() {
    if (fate == Fate.IN_USE) {
      fate = Fate.CLOSED;
      if (!toProxy.isAtEnd()) {
        resetTalker();
      }
      toTalker.finish();
      clock.after(dice.delay(), talker);
    }
  }

  @Override
  public void abort() {
    if (fate == Fate.IN_USE) {
      fate = Fate.ABORTED;
      resetTalker();
    }
  }

  private void resetTalker() {
    reset = true;
    toTalker.desert();
    clock.after(dice.delay(), talker);
  }

  private void wake() {
    reader.wakeIf(broken || toProxy.size() > 0 || toProxy.isFinished());
    writer.wakeIf(broken || toTalker.isDeserted() || toTalker.room() > 0);
  }

  /** One action that waits, and is run once, some time after it may. */
  private final class Waiting {
    private Optional<Runnable> action = Optional.empty();
    private boolean called;

    void wakeIf(boolean ready) {
      if (ready && action.isPresent() && !called) {
        called = true;
        process.tellSoon(this::run);
      }
    }

    private void run() {
      called = false;
      Optional<Runnable> waiting = action;
      action = Optional.empty();
      if (fate == Fate.IN_USE) {
        waiting.ifPresent(Runnable::run);
      }
    }
  }
}
