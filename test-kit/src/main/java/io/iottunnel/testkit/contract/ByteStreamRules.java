package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.iottunnel.ports.ByteStream;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The promises of {@link ByteStream}, for every kind of stream that an adapter hands out. Contracts
 * implement this once for each kind; an adapter's author gets it with them.
 */
public interface ByteStreamRules {

  /** A new connection of the kind under test; the contract closes it. */
  Joined join() throws IOException;

  /**
   * The two ends of one connection.
   *
   * @param stream the adapter's end
   * @param peer the other end, the test's
   */
  record Joined(ByteStream stream, Peer peer) {}

  /** Whether this kind of connection can be reset. Unix sockets cannot. */
  default boolean knowsReset() {
    return true;
  }

  /** Why one direction cannot end before the other; empty where it can. */
  default String noHalfClose() {
    return "";
  }

  /**
   * A megabyte each way at once arrives as it was sent. If not: does write advance the buffer by
   * exactly what it took? Does a partial write keep the rest?
   */
  @Test
  default void b01_bytesArriveInOrderBothWaysAtOnce() throws IOException {
    Joined joined = join();
    PatientStream stream = new PatientStream(joined.stream());
    byte[] up = TestBytes.at(1, 1 << 20);
    byte[] down = TestBytes.at(2, 1 << 20);
    CompletableFuture<byte[]> received = Background.start(() -> joined.peer().receive(up.length));
    CompletableFuture<Boolean> sent =
        Background.start(
            () -> {
              joined.peer().send(down);
              return true;
            });
    CompletableFuture<byte[]> read = Background.start(() -> stream.read(down.length));

    stream.write(up);

    assertArrayEquals(up, Deadline.get(received, "what was written"));
    Deadline.get(sent, "sending");
    assertArrayEquals(down, Deadline.get(read, "what was sent"));
  }

  /**
   * Only the space between position and limit is touched, in heap and direct buffers alike. If not:
   * look for {@code array()} without {@code arrayOffset()}, and for {@code clear()} on a buffer
   * that is the caller's.
   */
  @Test
  default void b02_onlyTheRemainingPartOfABufferIsUsed() throws IOException {
    Joined joined = join();
    PatientStream stream = new PatientStream(joined.stream());
    for (ByteBuffer whole :
        new ByteBuffer[] {ByteBuffer.allocate(64), ByteBuffer.allocateDirect(64)}) {
      ByteBuffer part = whole.position(8).limit(24).slice().position(4).limit(12);
      joined.peer().send(TestBytes.first(12));
      while (part.hasRemaining()) {
        assertTrue(stream.readSome(part) > 0, "bytes, not the end");
      }
      assertArrayEquals(TestBytes.at(8, 4), stream.read(4), "what there was no room for");
      part.position(4);
      while (part.hasRemaining()) {
        if (joined.stream().write(part) == 0) {
          stream.awaitWritable();
        }
      }
      assertArrayEquals(TestBytes.first(8), joined.peer().receive(8));
      assertEquals(0, whole.get(11), "the byte before the remaining part");
      assertEquals(0, whole.clear().get(20), "the byte behind the remaining part");
    }
  }

  /** Nothing there is 0, not -1 and not a wait. */
  @Test
  default void b03_readReturnsZeroWhileNothingIsThere() throws IOException {
    Joined joined = join();
    CompletableFuture<Integer> read =
        Background.start(() -> joined.stream().read(ByteBuffer.allocate(10)));
    assertEquals(0, Deadline.get(read, "the return of a read that finds nothing"));
  }

  /**
   * An action left before the bytes come runs once, and not again for more bytes. If it runs twice:
   * clear the interest before running it.
   */
  @Test
  default void b04_whenReadableRunsOnce() throws IOException {
    Joined joined = join();
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch ran = new CountDownLatch(1);
    joined.stream()
        .whenReadable(
            () -> {
              runs.incrementAndGet();
              ran.countDown();
            });
    joined.peer().send(TestBytes.first(1));
    Deadline.await(ran, "the action");
    joined.peer().send(TestBytes.first(1));

    new PatientStream(joined.stream()).awaitReadable();
    fence();
    assertEquals(1, runs.get(), "runs of an action that was left once");
  }

  /**
   * An action runs also for bytes that are there already, down to those that the adapter has read
   * ahead. If it does not: a selector knows nothing of bytes in the adapter's own buffers.
   */
  @Test
  default void b05_whenReadableRunsForBytesThatAreThereAlready() throws IOException {
    Joined joined = join();
    PatientStream stream = new PatientStream(joined.stream());
    joined.peer().send(TestBytes.first(100));
    for (int i = 0; i < 100; i++) {
      stream.awaitReadable();
      ByteBuffer one = ByteBuffer.allocate(1);
      assertEquals(1, joined.stream().read(one));
      assertEquals(TestBytes.at(i, 1)[0], one.get(0), "byte " + i);
    }
  }

  /**
   * An action is never run by the call that leaves it, be it outside or inside another action. If
   * it is: a caller that leaves actions in a loop overflows the stack, and one that holds a lock
   * meets itself.
   */
  @Test
  default void b06_anActionNeverRunsInsideTheCallThatLeftIt() throws IOException {
    Joined joined = join();
    joined.peer().send(TestBytes.first(1));
    new PatientStream(joined.stream()).awaitReadable();
    NestingProbe readable = new NestingProbe(joined.stream()::whenReadable);
    readable.leaveAgainAndAgain();
    NestingProbe writable = new NestingProbe(joined.stream()::whenWritable);
    writable.leaveAgainAndAgain();

    assertFalse(readable.nested(), "whenReadable ran its action before it returned");
    assertFalse(writable.nested(), "whenWritable ran its action before it returned");
  }

  /** A second action takes the place of the first. */
  @Test
  default void b07_aSecondActionReplacesTheFirst() throws IOException {
    Joined joined = join();
    AtomicBoolean firstRan = new AtomicBoolean();
    CountDownLatch secondRan = new CountDownLatch(1);
    joined.stream().whenReadable(() -> firstRan.set(true));
    joined.stream().whenReadable(secondRan::countDown);
    fence();
    joined.peer().send(TestBytes.first(1));

    Deadline.await(secondRan, "the second action");
    fence();
    assertFalse(firstRan.get(), "the first action ran, too");
  }

  /**
   * A peer that does not read makes write return 0 after a bounded number of bytes; once it reads,
   * whenWritable runs and not one byte is missing.
   */
  @Test
  default void b08_aPeerThatDoesNotReadStopsTheWriter() throws IOException {
    Joined joined = join();
    PatientStream stream = new PatientStream(joined.stream());
    int taken = stream.writeUntilFull();
    CompletableFuture<byte[]> received =
        Background.start(() -> joined.peer().receive(taken + 1000));

    stream.awaitWritable();
    stream.write(TestBytes.at(taken, 1000));

    assertArrayEquals(TestBytes.first(taken + 1000), Deadline.get(received, "what was written"));
  }

  /**
   * The end of what the peer sends is -1, as often as one asks, behind every byte; writing goes on.
   */
  @Test
  default void b09_theEndIsMinusOneAndWritingGoesOn() throws IOException {
    assumeTrue(noHalfClose().isEmpty(), noHalfClose());
    Joined joined = join();
    PatientStream stream = new PatientStream(joined.stream());
    joined.peer().send(TestBytes.first(100_000));
    joined.peer().finish();

    assertArrayEquals(TestBytes.first(100_000), stream.readAll());
    assertEquals(-1, joined.stream().read(ByteBuffer.allocate(1)), "asked once more");
    stream.write(TestBytes.first(1000));
    assertArrayEquals(TestBytes.first(1000), joined.peer().receive(1000));
  }

  /**
   * The end of output comes behind every byte that write took, also those still waiting for room;
   * reading goes on.
   */
  @Test
  default void b10_shutdownOutputDeliversWhatWasTakenAndReadingGoesOn() throws IOException {
    assumeTrue(noHalfClose().isEmpty(), noHalfClose());
    Joined joined = join();
    PatientStream stream = new PatientStream(joined.stream());
    int taken = stream.writeUntilFull();
    joined.stream().shutdownOutput();

    assertArrayEquals(TestBytes.first(taken), joined.peer().receiveAll());
    joined.peer().send(TestBytes.first(1000));
    assertArrayEquals(TestBytes.first(1000), stream.read(1000));
  }

  /** Every byte that write took arrives after close, and the end behind it. */
  @Test
  default void b11_closeDeliversWhatWasTaken() throws IOException {
    Joined joined = join();
    int taken = new PatientStream(joined.stream()).writeUntilFull();
    joined.stream().close();

    assertArrayEquals(TestBytes.first(taken), joined.peer().receiveAll());
  }

  /**
   * The same while input lies unread. If bytes are missing: closing a TCP socket with unread input
   * sends a reset (RFC 1122 section 4.2.2.13), which destroys what is still on its way. Shut down
   * output, read and discard, then close.
   */
  @Test
  default void b12_closeDeliversAlsoWhileInputIsUnread() throws IOException {
    Joined joined = join();
    PatientStream stream = new PatientStream(joined.stream());
    joined.peer().send(TestBytes.first(1000));
    stream.awaitReadable();
    int taken = stream.writeUntilFull();
    joined.stream().close();

    assertArrayEquals(TestBytes.first(taken), joined.peer().receiveAll());
  }

  /** The peer sees a reset, not an end in order. */
  @Test
  default void b13_abortIsAReset() throws IOException {
    assumeTrue(knowsReset(), "this kind of connection knows no reset");
    Joined joined = join();
    joined.stream().abort();

    IOException reset = assertThrows(IOException.class, joined.peer()::receiveAll);
    assertFalse(reset instanceof SocketTimeoutException, "nothing came");
  }

  /** A broken connection wakes who waits, and tells it by an exception. */
  @Test
  default void b14_aResetByThePeerRunsWaitingActionsAndTheNextReadThrows() throws IOException {
    assumeTrue(knowsReset(), "this kind of connection knows no reset");
    Joined joined = join();
    CountDownLatch ran = new CountDownLatch(1);
    joined.stream().whenReadable(ran::countDown);
    joined.peer().reset();

    Deadline.await(ran, "the action that waited when the connection broke");
    assertThrows(IOException.class, () -> joined.stream().read(ByteBuffer.allocate(1)));
  }

  /** After close and abort, reading and writing throw what the port says; both may be repeated. */
  @Test
  default void b15_afterTheEndReadingAndWritingThrow() throws IOException {
    Joined closed = join();
    closed.stream().close();
    closed.stream().close();
    Joined aborted = join();
    aborted.stream().abort();
    aborted.stream().abort();
    for (ByteStream stream : new ByteStream[] {closed.stream(), aborted.stream()}) {
      assertThrows(ClosedChannelException.class, () -> stream.read(ByteBuffer.allocate(1)));
      assertThrows(ClosedChannelException.class, () -> stream.write(ByteBuffer.allocate(1)));
    }
  }

  /** An action that still waits at close never runs, nor one that is left after it. */
  @Test
  default void b16_afterTheEndNoActionRuns() throws IOException {
    Joined joined = join();
    AtomicBoolean ran = new AtomicBoolean();
    joined.stream().whenReadable(() -> ran.set(true));
    joined.stream().close();
    joined.stream().whenReadable(() -> ran.set(true));
    joined.stream().whenWritable(() -> ran.set(true));
    joined.peer().awaitEnd();
    joined.peer().close();

    fence();
    assertFalse(ran.get(), "an action ran after close");
  }

  /** Lets the adapter's thread do what it has to do: an event of another connection comes after. */
  private void fence() throws IOException {
    Joined other = join();
    other.peer().send(TestBytes.first(1));
    new PatientStream(other.stream()).awaitReadable();
  }
}
