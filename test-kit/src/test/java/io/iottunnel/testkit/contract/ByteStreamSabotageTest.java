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
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
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

  /** Joins honest streams, and spoils them. */
  abstract static class Spoilt implements ByteStreamRules {

    private final LocalSocketsBench bench = new LocalSocketsBench(SmallLocalSockets::new);

    abstract ByteStream spoil(ByteStream honest);

    @Override
    public Joined join() throws IOException {
      Joined honest = bench.connected();
      return new Joined(spoil(honest.stream()), honest.peer());
    }

    @AfterEach
    void closeBench() {
      bench.close();
    }
  }

  @Breaks("b01")
  static class SpoilsAByteAfterHalfAMegabyte extends Spoilt {
    @Override
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        private int total;

        @Override
        public int read(ByteBuffer into) throws IOException {
          int from = into.position();
          int count = super.read(into);
          total += Math.max(0, count);
          if (count > 0 && total > 500_000) {
            into.put(from, (byte) ~into.get(from));
          }
          return count;
        }
      };
    }
  }

  @Breaks("b02")
  static class ReadsPastTheLimit extends Spoilt {
    @Override
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        @Override
        public int read(ByteBuffer into) throws IOException {
          if (into.limit() < into.capacity()) {
            into.clear();
          }
          return super.read(into);
        }
      };
    }
  }

  @Breaks("b03")
  static class BlocksUntilThereIsSomething extends Spoilt {
    @Override
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        @Override
        public int read(ByteBuffer into) throws IOException {
          int count = super.read(into);
          while (count == 0) {
            new PatientStream(honest).awaitReadable();
            count = super.read(into);
          }
          return count;
        }
      };
    }
  }

  @Breaks("b04")
  static class RunsAnActionTwice extends Spoilt {
    @Override
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        @Override
        public void whenReadable(Runnable action) {
          super.whenReadable(
              () -> {
                action.run();
                action.run();
              });
        }
      };
    }
  }

  @Breaks("b05")
  static class ForgetsWhatItHasReadAhead extends Spoilt {
    @Override
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        private final ByteBuffer ahead = ByteBuffer.allocate(4096).limit(0);

        @Override
        public int read(ByteBuffer into) throws IOException {
          if (!ahead.hasRemaining()) {
            int count = super.read(ahead.clear());
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
      };
    }
  }

  @Breaks("b06")
  static class RunsAnActionAtOnce extends Spoilt {
    @Override
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        @Override
        public void whenWritable(Runnable action) {
          if (isOpen()) {
            action.run();
          }
        }

        private boolean isOpen() {
          try {
            return super.write(ByteBuffer.allocate(0)) == 0;
          } catch (IOException ended) {
            return false;
          }
        }
      };
    }
  }

  @Breaks("b07")
  static class KeepsEveryAction extends Spoilt {
    @Override
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        private final Queue<Runnable> actions = new ConcurrentLinkedQueue<>();

        @Override
        public void whenReadable(Runnable action) {
          actions.add(action);
          super.whenReadable(
              () -> {
                for (Runnable each = actions.poll(); each != null; each = actions.poll()) {
                  each.run();
                }
              });
        }
      };
    }
  }

  @Breaks({"b08", "b10", "b11", "b12"})
  static class TakesEverythingAndLosesIt extends Spoilt {
    @Override
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        private int total;

        @Override
        public int write(ByteBuffer from) throws IOException {
          int offered = from.remaining();
          int taken = super.write(from);
          total += taken;
          if (total < MUCH) {
            return taken;
          }
          from.position(from.limit());
          return offered;
        }
      };
    }
  }

  @Breaks("b08")
  static class NeverFindsRoomAgain extends Spoilt {
    @Override
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        private int total;

        @Override
        public int write(ByteBuffer from) throws IOException {
          int taken = super.write(from);
          total += taken;
          return taken;
        }

        @Override
        public void whenWritable(Runnable action) {
          if (total < MUCH) {
            super.whenWritable(action);
          }
        }
      };
    }
  }

  @Breaks("b09")
  static class EndsWritingWithReading extends Spoilt {
    @Override
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        @Override
        public int read(ByteBuffer into) throws IOException {
          int count = super.read(into);
          if (count < 0) {
            super.shutdownOutput();
          }
          return count;
        }
      };
    }
  }

  @Breaks("b10")
  static class EndsReadingWithWriting extends Spoilt {
    @Override
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        @Override
        public void shutdownOutput() {
          super.close();
        }
      };
    }
  }

  @Breaks({"b11", "b12"})
  static class DestroysWhatIsOnItsWay extends Spoilt {
    @Override
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        @Override
        public void close() {
          super.abort();
        }
      };
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
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        @Override
        public void abort() {
          super.close();
        }
      };
    }
  }

  @Breaks("b14")
  static class TakesAResetForTheEnd extends Spoilt {
    @Override
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        @Override
        public int read(ByteBuffer into) throws IOException {
          try {
            return super.read(into);
          } catch (ClosedChannelException closed) {
            throw closed;
          } catch (IOException reset) {
            return -1;
          }
        }
      };
    }
  }

  @Breaks("b15")
  static class ReadsTheEndAfterClose extends Spoilt {
    @Override
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        @Override
        public int read(ByteBuffer into) throws IOException {
          try {
            return super.read(into);
          } catch (ClosedChannelException closed) {
            return -1;
          }
        }
      };
    }
  }

  @Breaks("b16")
  static class RunsWhatWaitedAtClose extends Spoilt {
    @Override
    ByteStream spoil(ByteStream stream) {
      return new HonestStream(stream) {
        private Optional<Runnable> waiting = Optional.empty();

        @Override
        public void whenReadable(Runnable action) {
          waiting = Optional.of(action);
          super.whenReadable(action);
        }

        @Override
        public void close() {
          super.close();
          waiting.ifPresent(Runnable::run);
        }
      };
    }
  }
}
