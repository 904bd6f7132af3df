package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.contract.ByteStreamRules.Joined;
import io.iottunnel.testkit.contract.LocalSocketsBench.Listening;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What {@code LocalSockets.listen} and its listener must do. */
public interface ListenRules {

  /** How many clients reset at once in {@link #l08_clientsThatResetDoNoHarm}. */
  int RESETTING_CLIENTS = 300;

  /** The adapter under test. */
  LocalSocketsBench bench();

  /** Port 0 becomes a free one, which the listener tells. */
  @Test
  default void l01_portZeroIsAnyFreePortAndIsTold() throws IOException {
    Listening listening = bench().listen();

    assertEquals("127.0.0.1", listening.listener().address().ip());
    assertNotEquals(0, listening.listener().address().port());
    bench().accepted(listening);
  }

  /** Each client is handed over once, as a stream of its own. */
  @Test
  default void l02_everyClientIsHandedOver() throws IOException {
    Listening listening = bench().listen();
    for (int i = 0; i < 20; i++) {
      Joined joined = bench().accepted(listening);
      joined.peer().send(TestBytes.at(i, 10));
      assertArrayEquals(TestBytes.at(i, 10), new PatientStream(joined.stream()).read(10));
    }
    assertTrue(listening.clients().isEmpty(), "more streams than clients");
  }

  /** A name is resolved, and an address of it is bound and told as a literal. */
  @Test
  default void l03_aNameIsResolved() throws IOException {
    Listening listening = bench().listen(Endpoint.tcp("localhost", 0));

    assertTrue(listening.address().getAddress().isLoopbackAddress(), "loopback is bound");
    bench().accepted(listening);
  }

  /** A port in use is said so, with the address and the system's reason. */
  @Test
  default void l04_aPortInUseIsToldByAddressAndReason() {
    int port = bench().listen().listener().address().port();

    ListenFailedException failure = refused(Endpoint.tcp("127.0.0.1", port));
    Messages.name(failure, "127.0.0.1", Integer.toString(port), "in use");
  }

  /** So is an address that is not this machine's (RFC 5737: it is nobody's). */
  @Test
  default void l05_anAddressOfAnotherMachineIsRefused() {
    Messages.name(refused(Endpoint.tcp("192.0.2.1", 0)), "192.0.2.1", "assign");
  }

  /** So is a name that does not resolve (RFC 6761: none below {@code invalid} does). */
  @Test
  default void l06_aNameThatDoesNotResolveIsRefused() {
    Messages.name(refused(Endpoint.tcp("nowhere.invalid", 0)), "nowhere.invalid");
  }

  /** A closed listener's port can be listened on again, while its clients live on. */
  @Test
  default void l07_closeGivesThePortBackAndClientsLiveOn() throws IOException {
    Listening listening = bench().listen();
    Joined joined = bench().accepted(listening);
    listening.listener().close();

    Listening again =
        bench().listen(Endpoint.tcp("127.0.0.1", listening.listener().address().port()));
    bench().accepted(again);
    joined.peer().send(TestBytes.first(10));
    assertArrayEquals(TestBytes.first(10), new PatientStream(joined.stream()).read(10));
  }

  /**
   * Clients that connect and reset end nothing but themselves. If the listener dies: accept and the
   * set-up of the accepted socket may throw for a client that has gone already.
   */
  @Test
  default void l08_clientsThatResetDoNoHarm() throws IOException {
    Listening listening = bench().listen();
    for (int i = 0; i < RESETTING_CLIENTS; i++) {
      try (Peer client = bench().client(listening)) {
        client.reset();
      }
    }
    Peer client = bench().client(listening);
    client.send(TestBytes.first(10));
    awaitOneThatSends(TestBytes.first(10), listening);
  }

  /** A paused listener hands nobody over; those who came meanwhile are served on resume. */
  @Test
  default void l09_clientsWaitWhileTheListenerIsPaused() throws IOException {
    Listening listening = bench().listen();
    bench().accepted(listening);
    listening.listener().pause();
    fence();
    Peer first = bench().client(listening);
    Peer second = bench().client(listening);
    fence();
    assertTrue(listening.clients().isEmpty(), "handed over while paused");

    listening.listener().resume();
    listening.next();
    listening.next();
    first.close();
    second.close();
  }

  /** Pause, resume and close may be repeated, and come in any order. */
  @Test
  default void l10_pausingAndClosingTwiceIsHarmless() throws IOException {
    Listening listening = bench().listen();
    LocalListener listener = listening.listener();
    listener.pause();
    listener.pause();
    listener.resume();
    listener.resume();
    bench().accepted(listening);
    listener.close();
    listener.close();
    listener.pause();
    listener.resume();

    bench().accepted(bench().listen());
  }

  /** Waits for the client that sends {@code greeting}; the others have gone. */
  private static void awaitOneThatSends(byte[] greeting, Listening listening) {
    boolean found = false;
    while (!found) {
      try {
        byte[] received = new PatientStream(listening.next()).read(greeting.length);
        found = Arrays.equals(greeting, received);
      } catch (IOException reset) {
        found = false;
      }
    }
  }

  /** Lets the adapter's thread do what it has to do: another listener's client comes after. */
  private void fence() throws IOException {
    bench().accepted(bench().listen());
  }

  private ListenFailedException refused(Endpoint endpoint) {
    CompletableFuture<LocalListener> listening = bench().sockets().listen(endpoint, client -> {});
    return assertInstanceOf(
        ListenFailedException.class, Deadline.failure(listening, "listening at " + endpoint));
  }
}
