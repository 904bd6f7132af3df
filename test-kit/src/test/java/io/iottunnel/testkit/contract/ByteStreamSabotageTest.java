package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ByteStream;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Streams that break a promise are caught, each at its rule. */
class ByteStreamSabotageTest {

  /** More than a rule sends that does not fill the system's buffers. */
  private static final int MUCH = 1_100_000;

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(ByteStreamSabotageTest.class);
  }

  @Test
  void everyRuleIsBrokenByOne() {
    Sabotage.assertBroken(ByteStreamRules.class, ByteStreamSabotageTest.class);
  }

  /** Joins honest streams, of which a sabotage spoils a method. */
  abstract static class Spoilt implements ByteStreamRules {

    private final LocalSocketsBench bench = new LocalSocketsBench(SmallLocalSockets::new);

    int read(ByteStream honest, ByteBuffer into) throws IOException {
      return honest.read(into);
    }

    int write(ByteStream honest, ByteBuffer from) throws IOException {
      return honest.write(from);
    }

    void whenReadable(ByteStream honest, Runnable action) {
      honest.whenReadable(action);
    }

    void whenWritable(ByteStream honest, Runnable action) {
      honest.whenWritable(action);
    }

    void shutdownOutput(ByteStream honest) throws IOException {
      honest.shutdownOutput();
    }

    void close(ByteStream honest) {
      honest.close();
    }

    void abort(ByteStream honest) {
      honest.abort();
    }

    @Override
    public Joined join() throws IOException {
      Joined joined = bench.connected();
      return new Joined(spoilt(joined.stream()), joined.peer());
    }

    @AfterEach
    void closeBench() {
      bench.close();
    }

    private ByteStream spoilt(ByteStream honest) {
      return new ByteStream() {
        @Override
        public int read(ByteBuffer into) throws IOException {
          return Spoilt.this.read(honest, into);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
          return Spoilt.this.write(honest, from);
        }

        @Override
        public void whenReadable(Runnable action) {
          Spoilt.this.whenReadable(honest, action);
        }

        @Override
        public void whenWritable(Runnable action) {
          Spoilt.this.whenWritable(honest, action);
        }

        @Override
        public void shutdownOutput() throws IOException {
          Spoilt.this.shutdownOutput(honest);
        }

        @Override
        public void close() {
          Spoilt.this.close(honest);
        }

        @Override
        public void abort() {
          Spoilt.this.abort(honest);
        }
      };
    }
  }

  @Breaks("b01")
  static class SpoilsAByteAfterHalfAMegabyte extends Spoilt {
    private int total;

    @Override
    int read(ByteStream honest, ByteBuffer into) throws IOException {
      int from = into.position();
      int count = honest.read(into);
      total += Math.max(0, count);
      if (count > 0 && total > 500_000) {
        into.put(from, (byte) ~into.get(from));
      }
      return count;
    }
  }

  @Breaks("b02")
  static class ReadsPastTheLimit extends Spoilt {
    @Override
    int read(ByteStream honest, ByteBuffer into) throws IOException {
      if (into.limit() < into.capacity()) {
        into.clear();
      }
      return honest.read(into);
    }
  }

  @Breaks("b03")
  static class BlocksUntilThereIsSomething extends Spoilt {
    @Override
    int read(ByteStream honest, ByteBuffer into) throws IOException {
      int count = honest.read(into);
      while (count == 0) {
        new PatientStream(honest).awaitReadable();
        count = honest.read(into);
      }
      return count;
    }
  }

  @Breaks("b04")
  static class RunsAnActionTwice extends Spoilt {
    @Override
    void whenReadable(ByteStream honest, Runnable action) {
      honest.whenReadable(
          () -> {
            action.run();
            action.run();
          });
    }
  }

  @Breaks("b05")
  static class ForgetsWhatItHasReadAhead extends Spoilt {
    private final Map<ByteStream, ByteBuffer> readAhead = new ConcurrentHashMap<>();

    @Override
    int read(ByteStream honest, ByteBuffer into) throws IOException {
      ByteBuffer ahead =
          readAhead.computeIfAbsent(honest, each -> ByteBuffer.allocate(4096).limit(0));
      if (!ahead.hasRemaining()) {
        int count = honest.read(ahead.clear());
        ahead.flip();
        if (count <= 0) {
          return count;
        }
      }
      int count = Math.min(ahead.remaining(), into.remaining());
      into.put(ahead.slice().limit(count));
      ahead.position(ahead.position() + count);
      return count;
    }
  }

  @Breaks("b06")
  static class RunsAnActionAtOnce extends Spoilt {
    @Override
    void whenWritable(ByteStream honest, Runnable action) {
      if (isOpen(honest)) {
        action.run();
      }
    }

    private boolean isOpen(ByteStream honest) {
      try {
        return honest.write(ByteBuffer.allocate(0)) == 0;
      } catch (IOException ended) {
        return false;
      }
    }
  }

  @Breaks("b07")
  static class KeepsEveryAction extends Spoilt {
    private final Map<ByteStream, Queue<Runnable>> kept = new ConcurrentHashMap<>();

    @Override
    void whenReadable(ByteStream honest, Runnable action) {
      Queue<Runnable> actions = kept.computeIfAbsent(honest, each -> new ConcurrentLinkedQueue<>());
      actions.add(action);
      honest.whenReadable(
          () -> {
            for (Runnable each = actions.poll(); each != null; each = actions.poll()) {
              each.run();
            }
          });
    }
  }

  @Breaks({"b08", "b10", "b11", "b12"})
  static class TakesEverythingAndLosesIt extends Spoilt {
    private int total;

    @Override
    int write(ByteStream honest, ByteBuffer from) throws IOException {
      int offered = from.remaining();
      int taken = honest.write(from);
      total += taken;
      if (total < MUCH) {
        return taken;
      }
      from.position(from.limit());
      return offered;
    }
  }

  @Breaks("b08")
  static class NeverFindsRoomAgain extends Spoilt {
    private int total;

    @Override
    int write(ByteStream honest, ByteBuffer from) throws IOException {
      int taken = honest.write(from);
      total += taken;
      return taken;
    }

    @Override
    void whenWritable(ByteStream honest, Runnable action) {
      if (total < MUCH) {
        honest.whenWritable(action);
      }
    }
  }

  @Breaks("b09")
  static class EndsWritingWithReading extends Spoilt {
    @Override
    int read(ByteStream honest, ByteBuffer into) throws IOException {
      int count = honest.read(into);
      if (count < 0) {
        honest.shutdownOutput();
      }
      return count;
    }
  }

  @Breaks("b10")
  static class EndsReadingWithWriting extends Spoilt {
    @Override
    void shutdownOutput(ByteStream honest) {
      honest.close();
    }
  }

  @Breaks({"b11", "b12"})
  static class DestroysWhatIsOnItsWay extends Spoilt {
    @Override
    void close(ByteStream honest) {
      honest.abort();
    }
  }

  /** The one that cannot be spoilt from outside: it has to reach the socket. */
  @Breaks("b12")
  static class ClosesWithUnreadInput implements ByteStreamRules {

    private final Resources resources = new Resources();
    private final SmallLoop loop = new SmallLoop();

    @Override
    public Joined join() throws IOException {
      try (ServerSocket application = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        SocketChannel channel = SocketChannel.open(application.getLocalSocketAddress());
        CompletableFuture<ByteStream> stream = new CompletableFuture<>();
        loop.execute(() -> stream.complete(careless(channel)));
        return new Joined(
            Deadline.get(stream, "a stream"), resources.closing(Peer.of(application.accept())));
      }
    }

    @AfterEach
    void close() {
      resources.close();
      loop.stop();
    }

    private SmallStream careless(SocketChannel channel) {
      try {
        return new SmallStream(loop, channel) {
          @Override
          void endInput() throws IOException {
            channel.close();
            loop.flush();
          }
        };
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Breaks("b13")
  static class AbortsInOrder extends Spoilt {
    @Override
    void abort(ByteStream honest) {
      honest.close();
    }
  }

  @Breaks("b14")
  static class TakesAResetForTheEnd extends Spoilt {
    @Override
    int read(ByteStream honest, ByteBuffer into) throws IOException {
      try {
        return honest.read(into);
      } catch (ClosedChannelException closed) {
        throw closed;
      } catch (IOException reset) {
        return -1;
      }
    }
  }

  @Breaks("b15")
  static class ReadsTheEndAfterClose extends Spoilt {
    @Override
    int read(ByteStream honest, ByteBuffer into) throws IOException {
      try {
        return honest.read(into);
      } catch (ClosedChannelException closed) {
        return -1;
      }
    }
  }

  @Breaks("b16")
  static class RunsWhatWaitedAtClose extends Spoilt {
    private Optional<Runnable> waiting = Optional.empty();

    @Override
    void whenReadable(ByteStream honest, Runnable action) {
      waiting = Optional.of(action);
      honest.whenReadable(action);
    }

    @Override
    void close(ByteStream honest) {
      honest.close();
      waiting.ifPresent(Runnable::run);
    }
  }
}
