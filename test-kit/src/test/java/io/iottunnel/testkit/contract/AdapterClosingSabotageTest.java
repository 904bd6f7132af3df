package io.iottunnel.testkit.contract;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.testkit.Background;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Adapters that leave something behind are caught, each at its rule. */
class AdapterClosingSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(AdapterClosingSabotageTest.class);
  }

  @Test
  void everyRuleIsBrokenByOne() {
    Sabotage.assertBroken(AdapterClosingRules.class, AdapterClosingSabotageTest.class);
  }

  @Breaks("l40")
  static class LetsGoOnReading extends SpoiltSockets implements AdapterClosingRules {
    @Override
    LocalSockets spoil(LocalSockets sockets) {
      return new HonestSockets(sockets) {
        @Override
        public CompletableFuture<Connected> connect(Endpoint endpoint) {
          return super.connect(endpoint)
              .thenApply(
                  connected ->
                      new Connected(
                          new HonestStream(connected.stream()) {
                            @Override
                            public int write(ByteBuffer from) {
                              return 0;
                            }
                          },
                          connected.remote()));
        }
      };
    }
  }

  @Breaks("l41")
  static class KeepsThePort extends SpoiltSockets implements AdapterClosingRules {
    @Override
    LocalSockets spoil(LocalSockets sockets) {
      return new HonestSockets(sockets) {
        private int port;

        @Override
        public CompletableFuture<LocalListener> listen(
            Endpoint endpoint, Consumer<ByteStream> onClient) {
          return super.listen(endpoint, onClient)
              .thenApply(
                  listener -> {
                    port = listener.address().port();
                    return listener;
                  });
        }

        @Override
        public void close() {
          boolean first = port != 0;
          super.close();
          if (first) {
            bench().closing(listening(port));
            port = 0;
          }
        }
      };
    }

    private static ServerSocket listening(int port) {
      try {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Breaks("l42")
  static class KeepsTheFile extends SpoiltSockets implements AdapterClosingRules {
    @Override
    LocalSockets spoil(LocalSockets sockets) {
      return new HonestSockets(sockets) {
        private Optional<Path> path = Optional.empty();

        @Override
        public CompletableFuture<LocalListener> listen(
            Endpoint endpoint, Consumer<ByteStream> onClient) {
          path = Optional.of(Path.of(endpoint.toString()));
          return super.listen(endpoint, onClient);
        }

        @Override
        public void close() {
          super.close();
          try {
            if (path.filter(Path::isAbsolute).isPresent()
                && Files.isDirectory(path.get().getParent())) {
              Files.writeString(path.get(), "");
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };
    }
  }

  @Breaks("l43")
  static class KeepsAThread extends SpoiltSockets implements AdapterClosingRules {
    @Override
    LocalSockets spoil(LocalSockets sockets) {
      return new HonestSockets(sockets) {
        @Override
        public void close() {
          super.close();
          var unused = Background.start(() -> new CountDownLatch(1).await(20, TimeUnit.SECONDS));
        }
      };
    }
  }

  @Breaks("l44")
  static class MindsBeingClosedTwice extends SpoiltSockets implements AdapterClosingRules {
    @Override
    LocalSockets spoil(LocalSockets sockets) {
      return new HonestSockets(sockets) {
        private boolean used;
        private boolean closed;

        @Override
        public CompletableFuture<LocalListener> listen(
            Endpoint endpoint, Consumer<ByteStream> onClient) {
          used = true;
          return super.listen(endpoint, onClient);
        }

        @Override
        public void close() {
          if (closed && !used) {
            throw new IllegalStateException("closed");
          }
          closed = true;
          super.close();
        }
      };
    }
  }
}
