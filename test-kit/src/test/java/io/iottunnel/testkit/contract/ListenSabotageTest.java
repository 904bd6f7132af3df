package io.iottunnel.testkit.contract;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.LocalClients;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Listeners that break a promise are caught, each at its rule. */
class ListenSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(ListenSabotageTest.class);
  }

  @Test
  void everyRuleIsBrokenByOne() {
    Sabotage.assertBroken(ListenRules.class, ListenSabotageTest.class);
  }

  @Breaks("l01")
  static class TellsAName extends SpoiltSockets implements ListenRules {
    @Override
    LocalListener listening(LocalListener listener, Endpoint endpoint) {
      return new HonestListener(listener) {
        @Override
        public LocalSockets.Address address() {
          return new LocalSockets.Address("localhost", super.address().port());
        }
      };
    }
  }

  @Breaks({"l02", "l09"})
  static class HandsEachClientOverTwice extends SpoiltSockets implements ListenRules {
    @Override
    CompletableFuture<LocalListener> listen(
        LocalSockets honest, Endpoint endpoint, LocalClients onClient) {
      return honest.listen(endpoint, onClient.andThen(onClient)::accept);
    }
  }

  @Breaks("l03")
  static class KnowsNoNames extends SpoiltSockets implements ListenRules {
    @Override
    CompletableFuture<LocalListener> listen(
        LocalSockets honest, Endpoint endpoint, LocalClients onClient) {
      return endpoint.toString().startsWith("localhost")
          ? CompletableFuture.failedFuture(new IllegalArgumentException("not an address"))
          : honest.listen(endpoint, onClient);
    }
  }

  /** Listens somewhere else where it cannot listen at some endpoints. */
  abstract static class TakesAnother extends SpoiltSockets implements ListenRules {

    abstract boolean replaces(Endpoint endpoint);

    @Override
    CompletableFuture<LocalListener> listen(
        LocalSockets honest, Endpoint endpoint, LocalClients onClient) {
      return honest
          .listen(endpoint, onClient)
          .exceptionallyCompose(
              failure ->
                  replaces(endpoint)
                      ? honest.listen(Endpoint.tcp("127.0.0.1", 0), onClient)
                      : CompletableFuture.failedFuture(failure));
    }
  }

  @Breaks("l04")
  static class TakesAnotherPort extends TakesAnother {
    @Override
    boolean replaces(Endpoint endpoint) {
      return !endpoint.toString().endsWith(":0");
    }
  }

  @Breaks("l05")
  static class TakesAnotherAddress extends TakesAnother {
    @Override
    boolean replaces(Endpoint endpoint) {
      return endpoint.toString().startsWith("192.0.2.1");
    }
  }

  @Breaks("l06")
  static class TakesAnyAddressForAnUnknownName extends TakesAnother {
    @Override
    boolean replaces(Endpoint endpoint) {
      return endpoint.toString().startsWith("nowhere");
    }
  }

  @Breaks({"l04", "l05", "l06"})
  static class SaysNothingOfTheAddress extends SpoiltSockets implements ListenRules {
    @Override
    CompletableFuture<LocalListener> listen(
        LocalSockets honest, Endpoint endpoint, LocalClients onClient) {
      return honest
          .listen(endpoint, onClient)
          .exceptionallyCompose(
              failure ->
                  CompletableFuture.failedFuture(
                      new ListenFailedException("cannot listen", failure)));
    }
  }

  @Breaks("l07")
  static class ClosesItsClientsToo extends SpoiltSockets implements ListenRules {

    private final Queue<ByteStream> clients = new ConcurrentLinkedQueue<>();

    @Override
    CompletableFuture<LocalListener> listen(
        LocalSockets honest, Endpoint endpoint, LocalClients onClient) {
      return honest.listen(endpoint, onClient.andThen(clients::add)::accept);
    }

    @Override
    LocalListener listening(LocalListener listener, Endpoint endpoint) {
      return new HonestListener(listener) {
        @Override
        public void close() {
          super.close();
          clients.forEach(ByteStream::close);
        }
      };
    }
  }

  @Breaks("l08")
  static class GivesUpAfterManyClients extends SpoiltSockets implements ListenRules {

    private final AtomicInteger clients = new AtomicInteger();

    @Override
    CompletableFuture<LocalListener> listen(
        LocalSockets honest, Endpoint endpoint, LocalClients onClient) {
      return honest.listen(
          endpoint,
          client -> {
            if (clients.incrementAndGet() < 100) {
              onClient.accept(client);
            } else {
              client.abort();
            }
          });
    }
  }

  @Breaks("l09")
  static class DoesNotPause extends SpoiltSockets implements ListenRules {
    @Override
    LocalListener listening(LocalListener listener, Endpoint endpoint) {
      return new HonestListener(listener) {
        @Override
        public void pause() {}
      };
    }
  }

  @Breaks("l10")
  static class MindsBeingPausedAfterClose extends SpoiltSockets implements ListenRules {
    @Override
    LocalListener listening(LocalListener listener, Endpoint endpoint) {
      return new HonestListener(listener) {
        private boolean closed;

        @Override
        public void close() {
          closed = true;
          super.close();
        }

        @Override
        public void pause() {
          if (closed) {
            throw new IllegalStateException("closed");
          }
          super.pause();
        }
      };
    }
  }
}
