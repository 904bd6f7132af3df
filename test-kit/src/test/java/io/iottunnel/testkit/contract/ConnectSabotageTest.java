package io.iottunnel.testkit.contract;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.LocalSockets;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Adapters that connect against the rules are caught, each at its rule. */
class ConnectSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(ConnectSabotageTest.class);
  }

  @Test
  void everyRuleIsBrokenByOne() {
    Sabotage.assertBroken(ConnectRules.class, ConnectSabotageTest.class);
  }

  @Breaks("l20")
  static class TellsANameOfItsOwn extends SpoiltSockets implements ConnectRules {
    @Override
    LocalSockets spoil(LocalSockets sockets) {
      return new HonestSockets(sockets) {
        @Override
        public CompletableFuture<Connected> connect(Endpoint endpoint) {
          return changed(
              super.connect(endpoint),
              future ->
                  future.thenApply(
                      connected ->
                          connected.remote().ip().equals("127.0.0.1")
                              ? new Connected(
                                  connected.stream(),
                                  new Address("localhost", connected.remote().port()))
                              : connected));
        }
      };
    }
  }

  @Breaks("l21")
  static class HidesTheReason extends SpoiltSockets implements ConnectRules {
    @Override
    LocalSockets spoil(LocalSockets sockets) {
      return new HonestSockets(sockets) {
        @Override
        public CompletableFuture<Connected> connect(Endpoint endpoint) {
          return changed(
              super.connect(endpoint),
              future ->
                  future.exceptionallyCompose(
                      failure ->
                          CompletableFuture.failedFuture(
                              new UnreachableException(
                                  String.valueOf(failure.getMessage())
                                      .replace("refused", "not possible")))));
        }
      };
    }
  }

  @Breaks("l22")
  static class HidesANameThatDoesNotResolve extends SpoiltSockets implements ConnectRules {
    @Override
    LocalSockets spoil(LocalSockets sockets) {
      return new HonestSockets(sockets) {
        @Override
        public CompletableFuture<Connected> connect(Endpoint endpoint) {
          return changed(
              super.connect(endpoint),
              future ->
                  future.exceptionallyCompose(
                      failure ->
                          CompletableFuture.failedFuture(
                              new UnreachableException(
                                  String.valueOf(failure.getMessage())
                                      .replace("nowhere.invalid", "a host")))));
        }
      };
    }
  }

  @Breaks({"l23", "l24"})
  static class TriesOneAddressOnly extends SpoiltSockets implements ConnectRules {
    @Override
    LocalSockets spoil(LocalSockets sockets) {
      return new HonestSockets(sockets) {
        @Override
        public CompletableFuture<Connected> connect(Endpoint endpoint) {
          return super.connect(
              endpoint.toString().startsWith("two-addresses.test")
                  ? Endpoint.tcp(
                      "127.0.0.1",
                      Integer.parseInt(
                          endpoint.toString().substring("two-addresses.test:".length())))
                  : endpoint);
        }
      };
    }
  }

  @Breaks("l24")
  static class NamesOneAddressOnly extends SpoiltSockets implements ConnectRules {
    @Override
    LocalSockets spoil(LocalSockets sockets) {
      return new HonestSockets(sockets) {
        @Override
        public CompletableFuture<Connected> connect(Endpoint endpoint) {
          return changed(
              super.connect(endpoint),
              future ->
                  future.exceptionallyCompose(
                      failure ->
                          CompletableFuture.failedFuture(
                              new UnreachableException(
                                  String.valueOf(failure.getMessage())
                                      .replace("127.0.0.2", "another")))));
        }
      };
    }
  }

  @Breaks("l25")
  static class KeepsWhatComesTooLate extends SpoiltSockets implements ConnectRules {
    @Override
    LocalSockets spoil(LocalSockets sockets) {
      return new HonestSockets(sockets) {
        @Override
        public CompletableFuture<Connected> connect(Endpoint endpoint) {
          return super.connect(endpoint).thenApply(connected -> connected);
        }
      };
    }
  }

  @Breaks("l26")
  static class BlocksUntilThereIsAnAnswer extends SpoiltSockets implements ConnectRules {
    @Override
    LocalSockets spoil(LocalSockets sockets) {
      return new HonestSockets(sockets) {
        @Override
        public CompletableFuture<Connected> connect(Endpoint endpoint) {
          CompletableFuture<Connected> connected = super.connect(endpoint);
          connected.handle((value, failure) -> "answered").join();
          return connected;
        }
      };
    }
  }
}
