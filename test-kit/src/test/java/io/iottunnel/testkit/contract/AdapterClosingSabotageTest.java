package io.iottunnel.testkit.contract;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.ports.LocalClients;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.ports.LocalSockets.Connected;
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
    Connected connected(Connected connected) {
      return new Connected(
          new HonestStream(connected.stream()) {
            @Override
            public int write(ByteBuffer from) {
              return 0;
            }
          },
          connected.remote());
    }
  }

  @Breaks("l41")
  static class KeepsThePort extends SpoiltSockets implements AdapterClosingRules {

    private int port;

    @Override
    LocalListener listening(LocalListener listener, Endpoint endpoint) {
      port = listener.address().port();
      return listener;
    }

    @Override
    void close(LocalSockets honest) {
      boolean first = port != 0;
      honest.close();
      if (first) {
        bench().closing(listening(port));
        port = 0;
      }
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

    private Optional<Path> path = Optional.empty();

    @Override
    CompletableFuture<LocalListener> listen(
        LocalSockets honest, Endpoint endpoint, LocalClients onClient) {
      path = Optional.of(Path.of(endpoint.toString()));
      return honest.listen(endpoint, onClient);
    }

    @Override
    void close(LocalSockets honest) {
      honest.close();
      try {
        if (path.filter(Path::isAbsolute).isPresent()
            && Files.isDirectory(path.get().getParent())) {
          Files.writeString(path.get(), "");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Breaks("l43")
  static class KeepsAThread extends SpoiltSockets implements AdapterClosingRules {
    @Override
    void close(LocalSockets honest) {
      honest.close();
      var unused = Background.start(() -> new CountDownLatch(1).await(20, TimeUnit.SECONDS));
    }
  }

  @Breaks("l44")
  static class MindsBeingClosedTwice extends SpoiltSockets implements AdapterClosingRules {

    private boolean used;
    private boolean closed;

    @Override
    CompletableFuture<LocalListener> listen(
        LocalSockets honest, Endpoint endpoint, LocalClients onClient) {
      used = true;
      return honest.listen(endpoint, onClient);
    }

    @Override
    void close(LocalSockets honest) {
      if (closed && !used) {
        throw new IllegalStateException("closed");
      }
      closed = true;
      honest.close();
    }
  }
}
