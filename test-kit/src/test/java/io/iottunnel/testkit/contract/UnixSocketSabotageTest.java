package io.iottunnel.testkit.contract;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.LocalClients;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.ports.LocalSockets.Connected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Adapters that treat Unix sockets against the rules are caught, each at its rule. */
class UnixSocketSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(UnixSocketSabotageTest.class);
  }

  @Test
  void everyRuleIsBrokenByOne() {
    Sabotage.assertBroken(UnixSocketRules.class, UnixSocketSabotageTest.class);
  }

  @Breaks("l30")
  static class TellsAnotherPath extends SpoiltSockets implements UnixSocketRules {
    @Override
    LocalListener listening(LocalListener listener, Endpoint endpoint) {
      return new HonestListener(listener) {
        @Override
        public LocalSockets.Address address() {
          return new LocalSockets.Address("unix:" + super.address().ip(), 0);
        }
      };
    }
  }

  @Breaks("l31")
  static class TellsAnotherRemotePath extends SpoiltSockets implements UnixSocketRules {
    @Override
    Connected connected(Connected connected) {
      return new Connected(connected.stream(), new LocalSockets.Address("unix", 0));
    }
  }

  @Breaks("l32")
  static class MindsAnyFile extends SpoiltSockets implements UnixSocketRules {
    @Override
    CompletableFuture<LocalListener> listen(
        LocalSockets honest, Endpoint endpoint, LocalClients onClient) {
      return Files.exists(Path.of(endpoint.toString()))
          ? CompletableFuture.failedFuture(
              new ListenFailedException(endpoint + " exists", new IOException()))
          : honest.listen(endpoint, onClient);
    }
  }

  @Breaks({"l33", "l34"})
  static class DeletesAnyFile extends SpoiltSockets implements UnixSocketRules {
    @Override
    CompletableFuture<LocalListener> listen(
        LocalSockets honest, Endpoint endpoint, LocalClients onClient) {
      try {
        Files.deleteIfExists(Path.of(endpoint.toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return honest.listen(endpoint, onClient);
    }
  }

  @Breaks("l35")
  static class LetsEverybodyIn extends SpoiltSockets implements UnixSocketRules {
    @Override
    LocalListener listening(LocalListener listener, Endpoint endpoint) {
      try {
        Files.setPosixFilePermissions(
            Path.of(endpoint.toString()), PosixFilePermissions.fromString("rw-rw-rw-"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return listener;
    }
  }

  @Breaks("l36")
  static class LeavesTheFileBehind extends SpoiltSockets implements UnixSocketRules {
    @Override
    LocalListener listening(LocalListener listener, Endpoint endpoint) {
      return new HonestListener(listener) {
        @Override
        public void close() {
          super.close();
          try {
            Files.writeString(Path.of(endpoint.toString()), "");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };
    }
  }

  @Breaks("l37")
  static class SaysNothingOfThePath extends SpoiltSockets implements UnixSocketRules {
    @Override
    Throwable notConnected(Throwable failure) {
      return new UnreachableException("not there");
    }
  }
}
