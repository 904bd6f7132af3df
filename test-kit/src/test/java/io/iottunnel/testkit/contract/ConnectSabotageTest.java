package io.iottunnel.testkit.contract;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.ports.LocalSockets.Connected;
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
    Connected connected(Connected connected) {
      LocalSockets.Address remote = connected.remote();
      return remote.ip().equals("127.0.0.1")
          ? new Connected(connected.stream(), new LocalSockets.Address("localhost", remote.port()))
          : connected;
    }
  }

  @Breaks("l21")
  static class HidesTheReason extends SpoiltSockets implements ConnectRules {
    @Override
    Throwable notConnected(Throwable failure) {
      return saying(failure, "refused", "not possible");
    }
  }

  @Breaks("l22")
  static class HidesANameThatDoesNotResolve extends SpoiltSockets implements ConnectRules {
    @Override
    Throwable notConnected(Throwable failure) {
      return saying(failure, "nowhere.invalid", "a host");
    }
  }

  @Breaks({"l23", "l24"})
  static class TriesOneAddressOnly extends SpoiltSockets implements ConnectRules {

    private static final String TWO_ADDRESSES = "two-addresses.test:";

    @Override
    CompletableFuture<Connected> connect(LocalSockets honest, Endpoint endpoint) {
      String where = endpoint.toString();
      return honest.connect(
          where.startsWith(TWO_ADDRESSES)
              ? Endpoint.tcp("127.0.0.1", Integer.parseInt(where.substring(TWO_ADDRESSES.length())))
              : endpoint);
    }
  }

  @Breaks("l24")
  static class NamesOneAddressOnly extends SpoiltSockets implements ConnectRules {
    @Override
    Throwable notConnected(Throwable failure) {
      return saying(failure, "127.0.0.2", "another");
    }
  }

  @Breaks("l25")
  static class KeepsWhatComesTooLate extends SpoiltSockets implements ConnectRules {
    @Override
    CompletableFuture<Connected> connect(LocalSockets honest, Endpoint endpoint) {
      // Cancelling a stage does not reach what it follows.
      return honest.connect(endpoint).thenApply(connected -> connected);
    }
  }

  @Breaks("l26")
  static class BlocksUntilThereIsAnAnswer extends SpoiltSockets implements ConnectRules {
    @Override
    CompletableFuture<Connected> connect(LocalSockets honest, Endpoint endpoint) {
      CompletableFuture<Connected> connected = honest.connect(endpoint);
      connected.handle((value, failure) -> "answered").join();
      return connected;
    }
  }

  private static Throwable saying(Throwable failure, String part, String instead) {
    return new UnreachableException(String.valueOf(failure.getMessage()).replace(part, instead));
  }
}
